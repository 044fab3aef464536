package dev.lockkeeper.practice;

import dev.lockkeeper.parsing.Malformed;
import dev.lockkeeper.practice.apiserver.ApiServer;
import dev.lockkeeper.practice.apiserver.Key;
import dev.lockkeeper.practice.apiserver.Logs;
import dev.lockkeeper.practice.apiserver.RequestLog;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.Store;
import dev.lockkeeper.practice.apiserver.User;
import dev.lockkeeper.practice.charts.Chart;
import dev.lockkeeper.practice.charts.ChartRepository;
import dev.lockkeeper.practice.charts.HelmHome;
import dev.lockkeeper.practice.cluster.Pace;
import dev.lockkeeper.practice.cluster.Simulation;
import dev.lockkeeper.practice.coderd.CoderDatabase;
import dev.lockkeeper.practice.coderd.CoderdRuntime;
import dev.lockkeeper.practice.coderd.DatabaseAddress;
import dev.lockkeeper.practice.coderd.Releases;
import dev.lockkeeper.practice.server.PostgresServer;
import dev.lockkeeper.practice.story.ScenarioContext;
import dev.lockkeeper.practice.story.Story;
import dev.lockkeeper.worlds.Briefing;
import dev.lockkeeper.worlds.Trees;
import dev.lockkeeper.worlds.WorldFiles;
import dev.lockkeeper.worlds.WorldOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * The process of a practice world. Everything that it has lives in one directory; when it ends, the
 * directory is gone.
 *
 * <pre>
 *   --directory DIR [--scenario NAME] [--pace N] [--grace SECONDS]
 * </pre>
 */
public final class World {
  private static final Key SECRET =
      new Key(Resources.SECRETS, Installed.NAMESPACE, Installed.SECRET);

  private final WorldFiles files;
  private final WorldOptions options;
  private final CountDownLatch end = new CountDownLatch(1);

  /** What must be closed at the end, the latest first. */
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  private World(WorldFiles files, WorldOptions options) {
    this.files = files;
    this.options = options;
  }

  /**
   * Makes a world and lives until it is to end.
   *
   * @param words the command line
   */
  public static void main(String[] words) throws InterruptedException {
    WorldArguments arguments;
    try {
      arguments = WorldArguments.parse(List.of(words));
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(2);
      return;
    }
    World world = new World(new WorldFiles(arguments.directory()), arguments.options());
    System.exit(world.live());
  }

  private int live() throws InterruptedException {
    try {
      files.create();
      files.write(files.pid(), WorldFiles.name(ProcessHandle.current()));
    } catch (IOException unusable) {
      System.err.println("cannot use " + files.directory() + ": " + unusable.getMessage());
      return 1;
    }
    // Signals end up here too, in whatever state of making we are.
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end"));
    try {
      make();
      files.write(files.ready(), "ready");
    } catch (Malformed scenario) {
      fail(scenario.getMessage());
      return 1;
    } catch (IOException | SQLException | RuntimeException failed) {
      failed.printStackTrace();
      fail(String.valueOf(failed.getMessage()).lines().findFirst().orElse("no reason"));
      return 1;
    }
    end.await();
    return 0;
  }

  private void make() throws IOException, SQLException, InterruptedException {
    Scenario scenario = Scenario.named(options.scenario());
    boolean filled = scenario.setting().schema() > 0;
    PostgresServer server =
        open(
            PostgresServer.start(
                files.directory(),
                cache(),
                filled ? CoderDatabase.filled() : CoderDatabase.empty(),
                this::progress));
    DatabaseAddress database = CoderDatabase.open(server);
    DatabaseAddress operators =
        scenario.setting().role().isPresent()
            ? CoderDatabase.role(server, database, scenario.setting().role().get())
            : database;
    files.write(files.databaseUrl(), operators.url());
    CoderdRuntime runtime =
        open(
            new CoderdRuntime(
                Releases.bundled().with(scenario.setting().tags()),
                options.pace(),
                scenario.hold(),
                scenario.setting().slow()));
    Store store = Population.of(scenario, database);
    Logs logs = new Logs(Population.clock(scenario));
    serve(scenario, store, logs);
    offerCharts(scenario);
    Pace pace = new Pace(options.pace());
    open(Simulation.start(store, logs, runtime, pace, present(store, runtime)));
    if (filled) {
      CoderDatabase.begin(server, database, scenario.setting().schema(), this::progress);
    }
    Key deployment = new Key(Resources.DEPLOYMENTS, Installed.NAMESPACE, scenario.deployment());
    ScenarioContext stage =
        open(new ScenarioContext(server, database, store, runtime, pace, deployment, SECRET));
    Story story = open(new Story(scenario.story(), stage, Exception::printStackTrace));
    raise(scenario, store, runtime, stage, story);
    open(ControlSocket.open(files.socket(), options, end));
    story.goOn();
  }

  /** What is installed has run on these nodes for long; nobody waits for its image. */
  private static Set<String> present(Store store, CoderdRuntime runtime) {
    return store.list(Resources.DEPLOYMENTS, "", any -> true).items().stream()
        .flatMap(
            deployment -> deployment.at("/spec/template/spec").findValuesAsText("image").stream())
        .filter(image -> runtime.pull(image).isEmpty())
        .collect(Collectors.toSet());
  }

  /** Lets everything come to where the operator is let in. */
  private void raise(
      Scenario scenario, Store store, CoderdRuntime runtime, ScenarioContext stage, Story story)
      throws IOException, SQLException, InterruptedException {
    Waits waits = new Waits(this::progress, files.log());
    story.prepare();
    runtime.begin();
    if (scenario.setting().installed().works()) {
      waits.forReplicas(store);
    }
    runtime.settle();
    story.begin();
    waits.forScene(scenario.begins(), stage);
  }

  private <T extends AutoCloseable> T open(T part) {
    synchronized (parts) {
      parts.push(part);
    }
    return part;
  }

  private static Path cache() {
    String configured = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    Path home = Path.of(System.getProperty("user.home"), ".cache");
    return (configured.isEmpty() ? home : Path.of(configured)).resolve("lockkeeper");
  }

  private void serve(Scenario scenario, Store store, Logs logs) throws IOException {
    Files.createFile(files.requests());
    User operator = User.operator(Installed.NAMESPACE, scenario.deployment(), Installed.SECRET);
    User admin = User.admin();
    ApiServer api =
        open(
            ApiServer.start(
                store, logs, List.of(operator, admin), new RequestLog(files.requests())));
    files.write(files.authority(), api.authority());
    Map.of(files.kubeconfig(), operator, files.adminKubeconfig(), admin)
        .forEach((file, user) -> writeKubeconfig(api, file, user, Installed.NAMESPACE));
  }

  private void offerCharts(Scenario scenario) throws IOException {
    List<String> versions = new ArrayList<>(Chart.legacyVersions());
    versions.addAll(Releases.bundled().versions());
    ChartRepository charts = open(ChartRepository.start(versions));
    HelmHome home = new HelmHome(files.helm());
    home.add(charts, scenario.setting().repositories());
    Briefing briefing =
        new Briefing(
            options.scenario(),
            scenario.runbook(),
            scenario.target(),
            scenario.deployment(),
            home.url(),
            home.environment());
    files.write(files.briefing(), briefing.text());
  }

  private static void writeKubeconfig(ApiServer api, Path file, User user, String namespace) {
    try {
      api.writeKubeconfig(file, user, namespace);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private void progress(String line) {
    try {
      files.write(files.progress(), line);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** Leaves the reason behind; whoever started us removes the directory. */
  private void fail(String reason) {
    closeParts();
    try {
      files.write(files.failed(), reason);
    } catch (IOException unwritable) {
      unwritable.printStackTrace();
    }
    Runtime.getRuntime().halt(1);
  }

  private void close() {
    closeParts();
    for (int attempt = 1; attempt <= 3; attempt++) {
      try {
        Trees.delete(files.directory());
        return;
      } catch (IOException busy) {
        // Somebody still wrote something; not for long.
        busy.printStackTrace();
      }
    }
  }

  private void closeParts() {
    synchronized (parts) {
      while (!parts.isEmpty()) {
        try {
          parts.pop().close();
        } catch (Exception unexpected) {
          unexpected.printStackTrace();
        }
      }
    }
  }
}
