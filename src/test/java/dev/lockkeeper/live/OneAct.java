package dev.lockkeeper.live;

import static org.awaitility.Awaitility.await;

import dev.lockkeeper.action.Operations;
import dev.lockkeeper.cli.Outlet;
import dev.lockkeeper.cli.Target;
import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.coder.ChartRepository;
import dev.lockkeeper.files.JournalFile;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.files.RunbookFile;
import dev.lockkeeper.files.Storage;
import dev.lockkeeper.helm.HelmConfig;
import dev.lockkeeper.helm.HelmProgram;
import dev.lockkeeper.helm.HelmRuns;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Progress;
import dev.lockkeeper.journal.Progress.StepStatus;
import dev.lockkeeper.runbook.Runbook;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Policy;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.view.Screens;
import dev.lockkeeper.wizard.Dialog;
import dev.lockkeeper.wizard.Event;
import dev.lockkeeper.wizard.Key;
import dev.lockkeeper.wizard.Pending;
import dev.lockkeeper.wizard.Setting;
import dev.lockkeeper.wizard.State;
import dev.lockkeeper.worlds.WorldClient;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * An operator who takes the Lease and then does one thing: the program's own sources, doors,
 * journal and loop, and a screen that nobody looks at but the test. What the operator sees can be
 * held back, as a watch that lags behind holds it back, or be made to differ from what is there.
 */
public final class OneAct implements AutoCloseable {
  /** As whom the operator sits here. */
  public static final String ME = "ann@bastion races";

  private static final int COLUMNS = 88;
  private static final int ROWS = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private final LiveSources sources;
  private final JournalFile journal;
  private final EventLoop loop;
  private final HelmWatch helm;
  private final AtomicReference<State> shown = new AtomicReference<>();
  private final AtomicInteger frames = new AtomicInteger();
  private volatile UnaryOperator<Cluster> cluster = UnaryOperator.identity();
  private volatile UnaryOperator<Database> database = UnaryOperator.identity();

  private OneAct(
      LiveSources sources, JournalFile journal, Runbook runbook, Optional<HelmConfig> desk)
      throws Exception {
    this.sources = sources;
    this.journal = journal;
    Entry started = Entry.started(SteadyClock.now(), runbook.name(), Map.of());
    journal.append(started);
    Setting setting =
        new Setting("races", Setting.World.ORDINARY, ZoneOffset.UTC, Policy.NONE, true);
    Clock clock = SteadyClock.ofThisProgram();
    State first =
        State.starting(
            setting,
            runbook,
            KnowledgeFile.load(),
            Progress.of(List.of(started), started.at()),
            clock.instant());
    sources.operator(ME);
    loop =
        new EventLoop(
            first,
            journal,
            Optional.of(doors(sources, desk)),
            LineDisplay.alone(sources::seek),
            head -> {},
            clock);
    helm = HelmWatch.of(desk, loop::observed);
  }

  private static Operations doors(LiveSources sources, Optional<HelmConfig> desk) {
    Operations both = new Operations(sources.operations(), sources.databaseOperations());
    return desk.map(there -> both.with(new HelmRuns(there, System.getenv("PATH")))).orElse(both);
  }

  /**
   * Begins a run, and comes back when everything was seen and nothing was asked yet.
   *
   * @param act the step behind the Lease, as a runbook says it: {@code action: scale-to-zero}
   */
  public static OneAct begins(WorldClient world, Path folder, String act) throws Exception {
    return begins(world, folder, act, Storage.ofThisMachine());
  }

  /** The same with its journal on another disk. */
  public static OneAct begins(WorldClient world, Path folder, String act, Storage disk)
      throws Exception {
    return begins(world, folder, act, disk, Optional.empty());
  }

  /** The same with the bundled Helm, whose folder is this one. */
  public static OneAct withHelm(WorldClient world, Path folder, String act, Storage disk, Path helm)
      throws Exception {
    return begins(world, folder, act, disk, Optional.of(helm));
  }

  private static OneAct begins(
      WorldClient world, Path folder, String act, Storage disk, Optional<Path> helm)
      throws Exception {
    Target target =
        new Target(
            Optional.of(world.kubeconfig()),
            Optional.empty(),
            Optional.empty(),
            Target.DEPLOYMENT,
            Optional.of(world.databaseUrl()),
            false);
    LiveSources sources =
        LiveSources.open(Map.of(), target, Outlet.on(OutputStream.nullOutputStream()));
    Runbook runbook = RunbookFile.read("races.yaml", runbook(act));
    OneAct one =
        new OneAct(
            sources,
            JournalFile.open(folder.resolve("journal.jsonl"), disk),
            runbook,
            helm.map(runs -> desk(runs, sources)));
    one.runs();
    return one;
  }

  private static HelmConfig desk(Path runs, LiveSources sources) {
    return new HelmConfig(
        HelmProgram.bundled(), runs, ChartRepository.V2, "", Optional.empty(), sources::kubeconfig);
  }

  private static String runbook(String act) {
    return """
    name: races
    title: One act
    sections:
      - title: One act
        steps:
          - id: "1.1"
            title: Be the only operator
            why: So that nobody else acts.
            action: take-lease
            after: [nobody-else-acts]
          - id: "1.2"
            title: Act
            why: It is what is raced for.
            %s
          - id: "1.3"
            title: Over
            why: Something follows.
    """
        .formatted(act);
  }

  private void runs() {
    Thread thread = new Thread(this::run, "races");
    thread.setDaemon(true);
    thread.start();
    sources.cluster(seen -> loop.take(Event.Seen.cluster(through(seen, cluster))));
    sources.database(seen -> loop.take(Event.Seen.database(through(seen, database))));
    // Keys from before the first frame are dropped.
    until(state -> frames.get() > 1 && knowsAll(state));
  }

  /** Whether all is read that an act asks for, and the run has written down where it began. */
  private static boolean knowsAll(State state) {
    return state.snapshot().freshDatabase().isPresent()
        && state.snapshot().run().recalled(RunFacts.DEPLOYMENT_UID).isPresent()
        && state.snapshot().run().recalled(RunFacts.SYSTEM_IDENTIFIER).isPresent()
        && state
            .snapshot()
            .freshCluster()
            .filter(seen -> seen.scalers().isKnown())
            .flatMap(seen -> seen.operator().value())
            .filter(lease -> lease.me().equals(ME))
            .isPresent();
  }

  private void run() {
    try {
      loop.run(
          state -> {
            shown.set(state);
            frames.incrementAndGet();
            Screens.readToItsEnd(state, COLUMNS, 2 * ROWS)
                .ifPresent(asked -> loop.take(new Event.ReadToItsEnd(asked)));
          },
          () -> {});
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is held back looks as if it had just been read. */
  private static <T> Observed<T> through(Observed<T> seen, UnaryOperator<T> glass) {
    return new Observed<>(seen.value().map(glass), seen.at(), seen.reason(), seen.cause());
  }

  /** Writes an entry of its own to the journal, as the run does. */
  public OneAct notes(Entry entry) throws IOException {
    journal.append(entry);
    return this;
  }

  public List<Entry> written() throws IOException {
    return JournalFile.read(journal.path());
  }

  public long size() throws IOException {
    return Files.size(journal.path());
  }

  /** What its loop has not brought to disk. */
  public List<Entry> unwritten() {
    return loop.unwritten();
  }

  public State state() {
    return shown.get();
  }

  /** The whole screen as text. */
  String screen() {
    return Screens.render(state(), COLUMNS, ROWS).text();
  }

  /** The screen's words without frames and line breaks. */
  public String words() {
    return screen().replaceAll("[^\\p{L}\\p{N}\\p{Punct}→ ]", " ").replaceAll("\\s+", " ");
  }

  public OneAct until(Predicate<State> so) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .conditionEvaluationListener(null)
        .untilAsserted(
            () -> {
              if (state() == null || !so.test(state())) {
                throw new AssertionError(state() == null ? "no screen" : screen());
              }
            });
    return this;
  }

  OneAct presses(Key.Name name) {
    loop.take(new Event.Pressed(Key.of(name), SteadyClock.now()));
    return this;
  }

  OneAct types(String text) {
    text.chars()
        .forEach(each -> loop.take(new Event.Pressed(Key.of((char) each), SteadyClock.now())));
    return this;
  }

  /** Takes the Lease, which nobody holds, or goes on with it. */
  public OneAct takesTheLease() {
    presses(Key.Name.ENTER)
        .until(state -> asked(state) || state.progress().status("1.1") == StepStatus.DONE);
    if (asked(state())) {
      presses(Key.Name.ENTER).until(state -> state.progress().status("1.1") == StepStatus.DONE);
    }
    presses(Key.Name.ENTER);
    return until(state -> state.cursor().equals("1.2") && state.dialog().isEmpty());
  }

  /** Opens the question of the act, and waits until it can be answered. */
  public OneAct isAsked() {
    return presses(Key.Name.ENTER).until(OneAct::asked);
  }

  /** Answers that it shall be done, whatever that takes. */
  public OneAct confirms() {
    Dialog.Confirm question = question();
    return switch (question.plan().risk()) {
      case SAFE -> presses(Key.Name.ENTER);
      case DISRUPTIVE -> presses(Key.Name.RIGHT).presses(Key.Name.ENTER);
      case IRREVERSIBLE -> types(question.plan().phrase()).presses(Key.Name.ENTER);
    };
  }

  /** Waits until what was confirmed has an outcome, and says which. */
  public String outcome() {
    until(state -> state.pending().isEmpty() && state.dialog().isEmpty());
    return state().notice().orElseThrow().text();
  }

  public Dialog.Confirm question() {
    return (Dialog.Confirm) state().dialog().orElseThrow();
  }

  /** Whether the question was put again, because of what changed. */
  public static boolean askedAgain(State state) {
    return asked(state) && !((Dialog.Confirm) state.dialog().get()).changed().isEmpty();
  }

  private static boolean asked(State state) {
    return state
        .dialog()
        .filter(Dialog.Confirm.class::isInstance)
        .map(Dialog.Confirm.class::cast)
        .filter(confirm -> confirm.shown().isPresent() && confirm.read())
        .isPresent();
  }

  public static boolean idle(State state) {
    return state.pending().isEmpty() && state.dialog().isEmpty();
  }

  static boolean underWay(State state) {
    return state.pending().filter(Pending::sent).isPresent();
  }

  /** From now on nothing new is seen, and nobody knows. */
  public OneAct seesNothingNew() {
    until(OneAct::isFresh);
    Cluster oldCluster = state().snapshot().cluster().value().orElseThrow();
    Database oldDatabase = state().snapshot().database().value().orElseThrow();
    cluster = any -> oldCluster;
    database = any -> oldDatabase;
    return this;
  }

  /** A look may have been late on a busy machine. */
  private static boolean isFresh(State state) {
    return state.snapshot().freshCluster().isPresent()
        && state.snapshot().freshDatabase().isPresent();
  }

  /** From now on the database is seen so. */
  public OneAct seesDatabase(UnaryOperator<Database> glass) {
    database = glass;
    return this;
  }

  /** What is there is seen again. */
  public OneAct seesAllAgain() {
    cluster = UnaryOperator.identity();
    database = UnaryOperator.identity();
    return this;
  }

  @Override
  public void close() throws IOException {
    helm.close();
    loop.stop();
    loop.close();
    sources.close();
    journal.close();
  }
}
