package dev.lockkeeper.live;

import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.cli.Target;
import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.config.ClusterException;
import dev.lockkeeper.kubernetes.facts.DatabaseUrl;
import dev.lockkeeper.kubernetes.facts.SecretText;
import dev.lockkeeper.kubernetes.watch.ClusterSource;
import dev.lockkeeper.postgres.AddressSources;
import dev.lockkeeper.postgres.DatabaseAddress;
import dev.lockkeeper.postgres.DatabaseConnection;
import dev.lockkeeper.postgres.DatabaseException;
import dev.lockkeeper.postgres.DatabaseSource;
import dev.lockkeeper.postgres.Pace;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.ClusterIdentity;
import dev.lockkeeper.snapshot.CoderUrl;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Fact;
import dev.lockkeeper.snapshot.Observed;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The way to a cluster and a database, side by side on threads of their own: a database whose
 * address somebody named does not wait for the cluster. Closed before both were reached, it gives
 * up what it has.
 */
public final class Connecting implements AutoCloseable {
  private static final Duration SECRET = Duration.ofSeconds(2);

  private final Map<String, String> environment;
  private final Leading leading;
  private final Relay<Cluster> cluster = new Relay<>("cluster", ExitCode.CLUSTER);
  private final Relay<Database> database = new Relay<>("database", ExitCode.DATABASE);
  private final ConnectingTask<Target> led = new ConnectingTask<>(this::lead);
  private final ConnectingTask<ClusterConnection> connection = new ConnectingTask<>(this::connect);
  private final ConnectingTask<ClusterSource> watched = new ConnectingTask<>(this::watch);
  private final ConnectingTask<DatabaseUrl> secret = new ConnectingTask<>(this::readSecret);
  private final ConnectingTask<DatabaseAddress> address = new ConnectingTask<>(this::find);
  private final ConnectingTask<DatabaseSource> entered = new ConnectingTask<>(this::enter);
  private volatile boolean handedOver;
  private volatile boolean closed;

  private Connecting(Map<String, String> environment, Leading leading) {
    this.environment = environment;
    this.leading = leading;
  }

  /**
   * Sets out, and comes back at once.
   *
   * @throws Failure if this process may not open the files that it needs
   */
  static Connecting start(Map<String, String> environment, Leading leading) throws Failure {
    OpenFilesLimit.require();
    Connecting connecting = new Connecting(environment, leading);
    connecting.run(
        "connecting-cluster",
        connecting.led,
        connecting.connection,
        connecting.watched,
        connecting.secret);
    connecting.run("connecting-database", connecting.address, connecting.entered);
    return connecting;
  }

  private void run(String name, ConnectingTask<?>... tasks) {
    Thread thread =
        new Thread(
            () -> {
              for (ConnectingTask<?> task : tasks) {
                task.run();
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Where it leads; waits until that is found, which takes as long as a credential plugin. */
  ClusterIdentity place() throws Failure {
    return connection.outcome().identity();
  }

  /** Hands on the last look at either and every later one, as they come. */
  void observed(Consumer<Fact> sink) {
    cluster.to(seen -> sink.accept(new Fact.OfCluster(seen)));
    database.to(seen -> sink.accept(new Fact.OfDatabase(seen)));
  }

  /**
   * What was reached; waits until both were seen for the first time. From then on it is the
   * caller's to close.
   *
   * @throws Failure in one sentence, if one of them is not there or cannot be used
   */
  LiveSources reached() throws Failure {
    ClusterConnection open = connection.outcome();
    ClusterSource clusterSource = watched.outcome();
    Target target = led.outcome();
    requireDeployment(cluster.first(), target);
    DatabaseAddress where = address.outcome();
    DatabaseSource databaseSource = entered.outcome();
    database.first();
    LiveSources sources =
        new LiveSources(target, open, clusterSource, where, databaseSource, cluster, database);
    handedOver = true;
    return sources;
  }

  private Target lead() throws Failure {
    return leading.target(
        doing -> {
          cluster.accept(Observed.connecting(doing, SteadyClock.now()));
          database.accept(Observed.connecting(doing, SteadyClock.now()));
        });
  }

  private ClusterConnection connect() throws Failure {
    Target target = led.outcome();
    cluster.accept(Observed.connecting("finding the way to the cluster", SteadyClock.now()));
    try {
      ClusterConnection open = ClusterConnection.open(LiveSources.options(target), environment);
      cluster.accept(connecting(open.identity().server()));
      return open;
    } catch (ClusterException e) {
      throw new Failure(ExitCode.CLUSTER, e.getMessage());
    }
  }

  private static <T> Observed<T> connecting(String where) {
    return Observed.connecting("connecting to " + where, SteadyClock.now());
  }

  private ClusterSource watch() throws Failure {
    ClusterSource source = connection.outcome().source();
    cluster.begin();
    source.watch(cluster);
    return source;
  }

  /** What the Deployment's own Secret says; asked for whichever address leads to the database. */
  private DatabaseUrl readSecret() throws Failure {
    return connection.outcome().databaseUrl(led.outcome().deployment());
  }

  private DatabaseAddress find() throws Failure {
    try {
      AddressSources sources = AddressSources.ofProcess();
      Optional<DatabaseAddress> named = sources.find(led.outcome().databaseUrl());
      return named.isPresent() ? named.get() : sources.complete(DatabaseAddress.parse(ownUrl()));
    } catch (DatabaseException e) {
      throw new Failure(ExitCode.DATABASE, e.getMessage());
    }
  }

  private String ownUrl() throws Failure {
    database.accept(
        Observed.connecting("reading its address from the Deployment's Secret", SteadyClock.now()));
    secret.run();
    DatabaseUrl found = secret.outcome();
    return found
        .url()
        .map(SecretText::reveal)
        .orElseThrow(
            () ->
                new Failure(
                    ExitCode.DATABASE,
                    "no database URL: %s; give one by CODER_PG_CONNECTION_URL or --database-url"
                        .formatted(found.reason())));
  }

  /** What is wrong is seen at once, however long the cluster takes. */
  private DatabaseSource enter() throws Failure {
    try {
      return enter(address.outcome());
    } catch (Failure e) {
      Instant now = SteadyClock.now();
      database.accept(
          e.code() == ExitCode.DATABASE
              ? Observed.unknown(e.getMessage(), now)
              : Observed.notYet(now));
      throw e;
    }
  }

  private DatabaseSource enter(DatabaseAddress where) throws Failure {
    database.accept(connecting(where.where()));
    probe(where);
    waitForSecret();
    DatabaseSource source = new DatabaseSource(where, Pace.normal(), this::coderUrl);
    database.begin();
    source.watch(database);
    return source;
  }

  /** A refusal is quick and is told; what took its time may be a machine under load. */
  private void probe(DatabaseAddress where) throws Failure {
    long begun = System.nanoTime();
    while (true) {
      long asked = System.nanoTime();
      try {
        DatabaseConnection.probe(where);
        return;
      } catch (DatabaseException e) {
        long now = System.nanoTime();
        boolean patient = !closed && now - begun <= Relay.FIRST_LOOK.toNanos();
        if (!patient || now - asked < Relay.QUICK.toNanos()) {
          throw new Failure(ExitCode.DATABASE, e.getMessage());
        }
      }
    }
  }

  /** What is set for Coder's sessions is worth a moment; it is asked for again later. */
  private void waitForSecret() {
    try {
      secret.get(SECRET.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException notRead) {
      // Then it is unread for now.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What Coder's own address says, whichever one leads us to the database; never waits. */
  private CoderUrl coderUrl() {
    if (!secret.isDone()) {
      return CoderUrl.unread();
    }
    try {
      Optional<SecretText> url = secret.outcome().url();
      return url.isPresent()
          ? DatabaseAddress.parse(url.get().reveal()).asCoderUrl()
          : CoderUrl.unread();
    } catch (Failure | DatabaseException notUnderstood) {
      return CoderUrl.unread();
    }
  }

  private static void requireDeployment(Observed<Cluster> seen, Target target) throws Failure {
    if (seen.value().isEmpty()) {
      throw new Failure(ExitCode.CLUSTER, seen.reason());
    }
    Cluster there = seen.value().get();
    if (there.deployment().isEmpty()) {
      throw new Failure(
          ExitCode.CLUSTER,
          "there is no deployment/%s in namespace %s of context %s: name it with --deployment and -n"
              .formatted(
                  target.deployment(), there.identity().namespace(), there.identity().context()));
    }
  }

  /** Gives up what was not handed over, and tells no more of it; comes back at once. */
  @Override
  public void close() {
    if (!handedOver) {
      closed = true;
      observed(fact -> {});
      Thread closing = new Thread(this::giveUp, "giving-up");
      closing.setDaemon(true);
      closing.start();
    }
  }

  private void giveUp() {
    entered.ifThere(DatabaseSource::close);
    watched.ifThere(ClusterSource::close);
    connection.ifThere(ClusterConnection::close);
  }
}
