package dev.lockkeeper.helm;

import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmRepository;
import dev.lockkeeper.snapshot.HelmRun;
import dev.lockkeeper.snapshot.HelmRun.State;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.trust.ProcessName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at what there is to run Helm with, whether the chart that is wanted can be had, and how the
 * newest run stands. The last is a matter of files, and so is seen by whoever comes back as well.
 */
public final class HelmSource implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(500);

  /** What did not change is said again before it is too old to act upon. */
  private static final Duration AGAIN = Duration.ofSeconds(2);

  /** How long a keeper may take to say that it is there. */
  private static final Duration BEGINNING = Duration.ofSeconds(10);

  private static final Duration PROGRAM = Duration.ofSeconds(15);
  private static final Duration CHART = Duration.ofSeconds(60);
  private static final Duration NEWEST = Duration.ofSeconds(20);
  private static final Duration CHART_AGAIN = Duration.ofSeconds(30);

  /** What is asked may leave a child and a folder behind, if nobody waits for it to be ended. */
  private static final Duration CLOSING = Duration.ofSeconds(2);

  private static final Duration REPOSITORIES_AGAIN = Duration.ofSeconds(10);
  private static final Pattern VERSION =
      Pattern.compile("v\\d{1,4}\\.\\d{1,4}(\\.\\d{1,4})?\\S{0,40}");
  private static final Pattern CHART_VERSION =
      Pattern.compile("(?m)^version: [\"']?([^\\s\"']{1,60})");
  private static final String NAME = "coder";

  /** Whatever is not a pre-release. */
  private static final String ANY = ">0.0.0";

  /** What helm says when repository and network are there, and the version is not. */
  private static final Pattern ABSENT =
      Pattern.compile(
          "(?is).*(no chart (version|name) found"
              + "|chart \"[^\"]+\"( version \\S+| matching \\S+)? not found|: not found).*");

  private final HelmConfig desk;
  private final ValuesFiles values;
  private final Consumer<Observed<Helm>> sink;
  private final ScheduledExecutorService looking = thread("lockkeeper-helm");
  private final ScheduledExecutorService asking = thread("lockkeeper-charts");
  private volatile Optional<String> version = Optional.empty();
  private volatile String trouble = "";
  private volatile Observed<Optional<String>> chart = Observed.notYet(SteadyClock.now());
  private volatile Optional<String> newestChart = Optional.empty();
  private volatile Optional<List<HelmRepository>> repositories = Optional.empty();
  private Optional<Helm> last = Optional.empty();
  private Instant told = Instant.EPOCH;

  /**
   * Begins to look.
   *
   * @param sink takes each observation, on a thread of this source
   */
  public HelmSource(HelmConfig desk, Consumer<Observed<Helm>> sink) {
    this.desk = desk;
    this.values = new ValuesFiles(desk);
    this.sink = sink;
    asking.execute(() -> Leftovers.ofOwnRun(desk.runs()));
    asking.execute(this::ask);
    if (desk.program().filter(each -> each.path().isPresent()).isPresent()) {
      asking.scheduleWithFixedDelay(
          () -> repositories = OwnRepositories.read(desk),
          0,
          REPOSITORIES_AGAIN.toSeconds(),
          TimeUnit.SECONDS);
    }
    looking.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        work -> {
          Thread thread = new Thread(work, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  private void look() {
    try {
      tell(observed());
    } catch (IOException | RuntimeException e) {
      // Whoever writes or removes a file in the middle of it is met again at the next look.
      tell(Observed.unknown("helm's runs cannot be read: " + e, SteadyClock.now()));
    }
  }

  private void tell(Observed<Helm> seen) {
    boolean same = seen.value().equals(last);
    if (same && told.plus(AGAIN).isAfter(SteadyClock.now())) {
      return;
    }
    last = seen.value();
    told = SteadyClock.now();
    sink.accept(seen);
  }

  private Observed<Helm> observed() throws IOException {
    if (desk.program().isEmpty()) {
      return known("", HelmConfig.NONE);
    }
    String name = desk.program().get().name();
    if (version.isPresent()) {
      return known(name, "");
    }
    return trouble.isEmpty() ? Observed.notYet(SteadyClock.now()) : known(name, trouble);
  }

  private Observed<Helm> known(String program, String why) throws IOException {
    return Observed.known(
        new Helm(
            new Helm.Client(why, program, version.orElse("")),
            new Helm.Charts(desk.repository(), chart, newestChart, repositories),
            newest(),
            desk.runs().toString(),
            values.look()),
        SteadyClock.now());
  }

  private Optional<HelmRun> newest() throws IOException {
    Optional<RunFolder> folder = RunFolder.newest(desk.runs());
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    HelmRun run = run(folder.get());
    if (run.state() == State.VANISHED) {
      // Who should have removed what is secret in it is gone.
      folder.get().tidy();
    }
    return Optional.of(run);
  }

  /** How the run of this folder stands, whoever started it. */
  static HelmRun run(RunFolder folder) throws IOException {
    // The end is read last: a run that ends in between is not taken for one that vanished.
    Optional<Properties> start = folder.read(RunFolder.STARTED);
    boolean alive = start.filter(HelmSource::alive).isPresent();
    Optional<Properties> end = folder.read(RunFolder.ENDED);
    boolean beginning = start.isEmpty() && folder.age().compareTo(BEGINNING) < 0;
    State state =
        end.isPresent() ? State.ENDED : alive || beginning ? State.RUNNING : State.VANISHED;
    return new HelmRun(
        folder.name(),
        folder.read(RunFolder.REQUEST).map(note -> note.getProperty("digest", "")).orElse(""),
        state,
        end.map(note -> Integer.valueOf(note.getProperty("status"))),
        start.flatMap(note -> name(note, "keeper")).map(ProcessName::pid).orElse(0L),
        start.isPresent() ? Instant.parse(start.get().getProperty("at")) : folder.made(),
        end.map(note -> Instant.parse(note.getProperty("at"))),
        folder.tail());
  }

  /** A helm that lost its keeper still works. */
  private static boolean alive(Properties start) {
    return List.of("keeper", "helm").stream()
        .flatMap(key -> name(start, key).stream())
        .anyMatch(ProcessName::alive);
  }

  private static Optional<ProcessName> name(Properties note, String key) {
    return ProcessName.parse(note.getProperty(key, ""));
  }

  private void ask() {
    if (desk.program().isEmpty()) {
      return;
    }
    try {
      RunFolder scratch = RunFolder.scratch(desk.runs());
      try {
        HelmQuery ask = new HelmQuery(desk.program().get(), scratch);
        version = version.isPresent() ? version : version(ask);
        if (version.isPresent()) {
          chart = chart(ask);
        }
      } finally {
        scratch.remove();
      }
    } catch (IOException e) {
      trouble = "helm cannot be run: " + e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (!chart.isKnown()) {
      asking.schedule(this::ask, CHART_AGAIN.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private Optional<String> version(HelmQuery ask) throws IOException, InterruptedException {
    HelmQuery.Said said = ask.run(List.of("version", "--template", "{{.Version}}"), PROGRAM);
    Matcher found = VERSION.matcher(said.out());
    if (said.well() && found.find()) {
      return Optional.of(found.group());
    }
    trouble = "helm version says: " + said.trouble();
    return Optional.empty();
  }

  /** Whether the chart can be had, by the words with which it will be. */
  private Observed<Optional<String>> chart(HelmQuery ask) throws IOException, InterruptedException {
    if (desk.version().isEmpty()) {
      return Observed.unknown("no version is wanted", SteadyClock.now());
    }
    HelmQuery.Said said = ask.run(show(desk.version()), CHART);
    if (said.well()) {
      return told(said)
          .map(found -> Observed.known(Optional.of(found), SteadyClock.now()))
          .orElseGet(() -> Observed.unknown("helm show chart tells no version", SteadyClock.now()));
    }
    if (!ABSENT.matcher(said.trouble()).matches()) {
      return Observed.unknown(
          ChartTrouble.told(desk.repository(), said.trouble()), SteadyClock.now());
    }
    // Where the wanted one is not, the newest that is there says why.
    HelmQuery.Said newest = ask.run(show(ANY), NEWEST);
    newestChart = newest.well() ? told(newest) : Optional.empty();
    return Observed.known(Optional.empty(), SteadyClock.now());
  }

  /** The words with which the chart will be had, for its description alone. */
  private List<String> show(String version) {
    return desk.repository().startsWith("oci://")
        ? List.of("show", "chart", desk.repository(), "--version", version)
        : List.of("show", "chart", NAME, "--repo", desk.repository(), "--version", version);
  }

  private static Optional<String> told(HelmQuery.Said said) {
    Matcher found = CHART_VERSION.matcher(said.out());
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  @Override
  public void close() {
    looking.shutdownNow();
    asking.shutdownNow();
    try {
      asking.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
