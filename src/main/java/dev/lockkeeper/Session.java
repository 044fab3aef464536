package dev.lockkeeper;

import dev.lockkeeper.action.Operations;
import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.cli.Target;
import dev.lockkeeper.files.JournalFile;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.files.RunbookFile;
import dev.lockkeeper.files.Runs;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Progress;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.ClusterException;
import dev.lockkeeper.kubernetes.ClusterOptions;
import dev.lockkeeper.kubernetes.ClusterSource;
import dev.lockkeeper.kubernetes.DatabaseUrl;
import dev.lockkeeper.kubernetes.SecretText;
import dev.lockkeeper.postgres.AddressSources;
import dev.lockkeeper.postgres.DatabaseAddress;
import dev.lockkeeper.postgres.DatabaseConnection;
import dev.lockkeeper.postgres.DatabaseException;
import dev.lockkeeper.postgres.DatabaseSource;
import dev.lockkeeper.postgres.Pace;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.ClusterIdentity;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.terminal.Alphabet;
import dev.lockkeeper.terminal.Size;
import dev.lockkeeper.terminal.TerminalUnavailable;
import dev.lockkeeper.terminal.TerminalWindow;
import dev.lockkeeper.terminal.Theme;
import dev.lockkeeper.view.Screens;
import dev.lockkeeper.wizard.Event;
import dev.lockkeeper.wizard.Setting;
import dev.lockkeeper.wizard.State;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One sitting of the wizard at one deployment: makes sure that cluster, database and terminal are
 * there, while there is still a plain terminal to say what is wrong; then joins the parts and runs
 * the loop.
 */
final class Session {
  private static final Duration FIRST_LOOK = Duration.ofSeconds(20);

  private final Map<String, String> environment;
  private final Target target;
  private final PrintStream err;

  Session(Map<String, String> environment, Target target, PrintStream err) {
    this.environment = environment;
    this.target = target;
    this.err = err;
  }

  /** Opens the journal, when everything else is known to be there. */
  interface Opening {
    JournalFile open() throws IOException;
  }

  /** What is written to the journal first, once it is known where this leads. */
  interface First {
    Entry at(Instant moment, ClusterIdentity place);
  }

  /**
   * Runs until the operator leaves, or the terminal is gone.
   *
   * @param opening opens the journal
   * @param entries what it holds already
   * @param first what is written to it first
   * @return OK if the operator left, TERMINAL if the terminal has gone
   */
  ExitCode run(Opening opening, List<Entry> entries, First first) throws Failure {
    requireTerminal(environment);
    try (ClusterConnection connection =
            ClusterConnection.open(
                new ClusterOptions(
                    target.kubeconfig(), target.context(), target.namespace(), target.deployment()),
                environment);
        ClusterSource cluster = connection.source()) {
      err.println("lockkeeper: looking at " + place(connection) + " ...");
      Relay<Cluster> relay = new Relay<>("cluster", ExitCode.CLUSTER);
      cluster.watch(relay);
      requireDeployment(relay.first());
      DatabaseAddress address = database(connection);
      DatabaseConnection.probe(address);
      Relay<Database> sessions = new Relay<>("database", ExitCode.DATABASE);
      try (DatabaseSource database = new DatabaseSource(address, Pace.normal())) {
        database.watch(sessions);
        sessions.first();
        // Nothing is begun without a window: a run that nobody saw must not be there to resume.
        try (TerminalWindow window = TerminalWindow.open(environment);
            JournalFile journal = opening.open()) {
          Entry begin = first.at(Instant.now(), connection.identity());
          return walk(connection, relay, sessions, window, journal, begun(journal, entries, begin));
        }
      }
    } catch (ClusterException e) {
      throw new Failure(ExitCode.CLUSTER, e.getMessage());
    } catch (DatabaseException e) {
      throw new Failure(ExitCode.DATABASE, e.getMessage());
    } catch (TerminalUnavailable e) {
      throw new Failure(ExitCode.TERMINAL, e.getMessage());
    } catch (IOException e) {
      throw new Failure(
          ExitCode.JOURNAL,
          "the journal cannot be written, so nothing is begun: " + e.getMessage());
    }
  }

  /** Finds out whether there is a terminal at all, before anything is begun in vain. */
  static void requireTerminal(Map<String, String> environment) throws Failure {
    try {
      TerminalWindow.require(environment);
    } catch (TerminalUnavailable e) {
      throw new Failure(ExitCode.TERMINAL, e.getMessage());
    }
  }

  private ExitCode walk(
      ClusterConnection connection,
      Relay<Cluster> cluster,
      Relay<Database> database,
      TerminalWindow window,
      JournalFile journal,
      Progress progress) {
    Clock clock = Clock.systemUTC();
    State state =
        State.starting(
            new Setting(Runs.name(journal.path()), world(connection), ZoneId.systemDefault()),
            RunbookFile.bundled("coder-upgrade"),
            KnowledgeFile.load(),
            progress,
            clock.instant());
    try (EventLoop loop =
        new EventLoop(state, journal, new Operations(connection.operations()), clock)) {
      window.keys(key -> loop.take(new Event.Pressed(key, clock.instant())), loop::stop);
      window.resized(size -> loop.take(new Event.Ticked(clock.instant())));
      cluster.to(seen -> loop.take(new Event.SeenCluster(seen)));
      database.to(seen -> loop.take(new Event.SeenDatabase(seen)));
      boolean left = loop.run(painting(window));
      return left ? ExitCode.OK : ExitCode.TERMINAL;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.TERMINAL;
    }
  }

  private Consumer<State> painting(TerminalWindow window) {
    Theme theme = Theme.chosen(environment);
    Alphabet alphabet = Alphabet.chosen(environment);
    return state -> {
      Size size = window.size();
      window.paint(alphabet.spell(Screens.render(state, size.columns(), size.rows())), theme);
    };
  }

  private static Progress begun(JournalFile journal, List<Entry> entries, Entry first)
      throws IOException {
    journal.append(first);
    return Progress.of(entries, first.at()).with(first);
  }

  private void requireDeployment(Observed<Cluster> seen) throws Failure {
    if (seen.value().isEmpty()) {
      throw new Failure(ExitCode.CLUSTER, seen.reason());
    }
    Cluster cluster = seen.value().get();
    if (cluster.deployment().isEmpty()) {
      throw new Failure(
          ExitCode.CLUSTER,
          "there is no deployment/%s in namespace %s of context %s: name it with --deployment and -n"
              .formatted(
                  target.deployment(),
                  cluster.identity().namespace(),
                  cluster.identity().context()));
    }
  }

  private DatabaseAddress database(ClusterConnection connection) throws DatabaseException, Failure {
    AddressSources sources = AddressSources.ofProcess();
    Optional<DatabaseAddress> named = sources.find(target.databaseUrl());
    if (named.isPresent()) {
      return named.get();
    }
    DatabaseUrl found = connection.databaseUrl(target.deployment());
    Optional<String> url = found.url().map(SecretText::reveal);
    if (url.isEmpty()) {
      throw new Failure(
          ExitCode.DATABASE,
          "no database URL: %s; give one by CODER_PG_CONNECTION_URL or --database-url"
              .formatted(found.reason()));
    }
    return sources.complete(DatabaseAddress.parse(url.get()));
  }

  /**
   * The practice world's kubeconfig names its context so, and its API server is on this machine.
   */
  private static Setting.World world(ClusterConnection connection) {
    boolean here = connection.identity().server().startsWith("https://127.0.0.1:");
    String context = connection.identity().context();
    if (here && context.equals("practice")) {
      return Setting.World.PRACTICE;
    }
    return context.matches("(?i).*\\bprod.*") ? Setting.World.PRODUCTION : Setting.World.ORDINARY;
  }

  private static String place(ClusterConnection connection) {
    return "namespace %s of context %s"
        .formatted(connection.identity().namespace(), connection.identity().context());
  }

  /** Keeps the last observation until somebody wants them all. */
  private static final class Relay<T> implements Consumer<Observed<T>> {
    private final String what;
    private final ExitCode trouble;
    private final CompletableFuture<Observed<T>> first = new CompletableFuture<>();
    private Observed<T> last;
    private Consumer<Observed<T>> next = seen -> {};

    Relay(String what, ExitCode trouble) {
      this.what = what;
      this.trouble = trouble;
    }

    @Override
    public synchronized void accept(Observed<T> seen) {
      last = seen;
      if (!seen.isPending()) {
        first.complete(seen);
      }
      next.accept(seen);
    }

    synchronized void to(Consumer<Observed<T>> sink) {
      next = sink;
      if (last != null) {
        sink.accept(last);
      }
    }

    Observed<T> first() throws Failure {
      try {
        return first.get(FIRST_LOOK.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException | ExecutionException e) {
        throw new Failure(
            trouble,
            "the %s could not be read for %d s: check the context and the network"
                .formatted(what, FIRST_LOOK.toSeconds()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Failure(trouble, "interrupted");
      }
    }
  }
}
