package dev.lockkeeper.live;

import dev.lockkeeper.action.ClusterOperations;
import dev.lockkeeper.action.DatabaseOperations;
import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.cli.Outlet;
import dev.lockkeeper.cli.Target;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.config.ClusterException;
import dev.lockkeeper.kubernetes.config.ClusterOptions;
import dev.lockkeeper.kubernetes.facts.DatabaseUrl;
import dev.lockkeeper.kubernetes.facts.SecretText;
import dev.lockkeeper.kubernetes.lease.LeaseElector;
import dev.lockkeeper.kubernetes.watch.ClusterSource;
import dev.lockkeeper.postgres.AddressSources;
import dev.lockkeeper.postgres.DatabaseAddress;
import dev.lockkeeper.postgres.DatabaseConnection;
import dev.lockkeeper.postgres.DatabaseException;
import dev.lockkeeper.postgres.DatabaseSource;
import dev.lockkeeper.postgres.Pace;
import dev.lockkeeper.postgres.PostgresOperations;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.ClusterIdentity;
import dev.lockkeeper.snapshot.CoderUrl;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.ObjectName;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Right;
import dev.lockkeeper.worlds.WorldClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A cluster and a database that are both being watched, and the way to change the cluster for those
 * who ask for it.
 */
public final class LiveSources implements AutoCloseable {
  private static final Duration FIRST_LOOK = Duration.ofSeconds(20);

  /** A refusal is quick; what took longer may be a machine under load, and is waited for. */
  private static final Duration QUICK = Duration.ofSeconds(2);

  private final ClusterConnection connection;
  private final ClusterSource clusterSource;
  private final Relay<Cluster> cluster = new Relay<>("cluster", ExitCode.CLUSTER);
  private final Relay<Database> database = new Relay<>("database", ExitCode.DATABASE);
  private Optional<DatabaseSource> databaseSource = Optional.empty();
  private Optional<DatabaseOperations> databaseOperations = Optional.empty();
  private boolean practice;

  private LiveSources(ClusterConnection connection) {
    this.connection = connection;
    this.clusterSource = connection.source();
  }

  /**
   * Begins to watch, and comes back when both were seen for the first time.
   *
   * @param err takes a line about what is going on
   * @throws Failure in one sentence, if one of them is not there or cannot be used
   */
  public static LiveSources open(Map<String, String> environment, Target target, Outlet err)
      throws Failure {
    OpenFilesLimit.require();
    try {
      ClusterConnection connection = ClusterConnection.open(options(target), environment);
      LiveSources sources = new LiveSources(connection);
      try {
        sources.look(target, err);
        return sources;
      } catch (Failure | DatabaseException | RuntimeException e) {
        sources.close();
        throw e;
      }
    } catch (ClusterException e) {
      throw new Failure(ExitCode.CLUSTER, e.getMessage());
    } catch (DatabaseException e) {
      throw new Failure(ExitCode.DATABASE, e.getMessage());
    }
  }

  /** How a target is found; nothing that lies in a practice folder runs a program. */
  public static ClusterOptions options(Target target) {
    return new ClusterOptions(
        target.kubeconfig(),
        target.context(),
        target.namespace(),
        target.deployment(),
        target.kubeconfig().filter(WorldClient::liesInWorld).isEmpty());
  }

  private void look(Target target, Outlet err) throws Failure, DatabaseException {
    err.say(
        "lockkeeper: looking at namespace %s of context %s ..."
            .formatted(place().namespace(), place().context()));
    clusterSource.watch(cluster);
    requireDeployment(cluster.first(), target);
    DatabaseAddress address = address(connection, target);
    practice = PracticeWorld.isOne(connection.authority(), address.where());
    DatabaseConnection.probe(address);
    DatabaseSource source = new DatabaseSource(address, Pace.normal(), coderUrl(target));
    databaseSource = Optional.of(source);
    databaseOperations = Optional.of(new PostgresOperations(address));
    source.watch(database);
    database.first();
  }

  /** What Coder's own address says, whichever one leads us to the database. */
  private CoderUrl coderUrl(Target target) {
    try {
      Optional<SecretText> url = connection.databaseUrl(target.deployment()).url();
      return url.isPresent()
          ? DatabaseAddress.parse(url.get().reveal()).asCoderUrl()
          : CoderUrl.unread();
    } catch (DatabaseException notUnderstood) {
      return CoderUrl.unread();
    }
  }

  /** Where the connection leads. */
  public ClusterIdentity place() {
    return connection.identity();
  }

  /** The version of the image that the Deployment names; empty when its tag names none. */
  public Optional<CoderVersion> installed() {
    return cluster
        .last()
        .flatMap(Observed::value)
        .flatMap(Cluster::deployment)
        .flatMap(seen -> CoderVersion.ofImage(seen.image()));
  }

  /** A kubeconfig that leads here and nowhere else; it is secret. */
  String kubeconfig() {
    return connection.kubeconfig();
  }

  /** The port through which the Deployment is changed; who only looks never asks for it. */
  ClusterOperations operations() {
    return connection.operations();
  }

  /**
   * The operator's seat at this Deployment, which is kept if this name has it already.
   *
   * @param me user, host and run
   */
  LeaseElector operator(String me) {
    return connection.operator(me);
  }

  /** The port through which the database is changed; who only looks never asks for it. */
  DatabaseOperations databaseOperations() {
    return databaseOperations.orElseThrow();
  }

  /** From now on this object is read as well, or none. */
  void seek(Optional<ObjectName> name) {
    clusterSource.seek(name);
  }

  /** What our user may do here; blocks for some seconds at most. */
  public List<Right> rights(String deployment) {
    return connection.rights(deployment);
  }

  /** Hands on the last observation of the cluster and every later one. */
  public void cluster(Consumer<Observed<Cluster>> sink) {
    cluster.to(sink);
  }

  /** Hands on the last observation of the database and every later one. */
  public void database(Consumer<Observed<Database>> sink) {
    database.to(sink);
  }

  @Override
  public void close() {
    databaseSource.ifPresent(DatabaseSource::close);
    clusterSource.close();
    connection.close();
  }

  private static void requireDeployment(Observed<Cluster> seen, Target target) throws Failure {
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

  private static DatabaseAddress address(ClusterConnection connection, Target target)
      throws DatabaseException, Failure {
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
   * Whether this is a practice world, which only one is that this user started and that is still
   * up: its folder is closed to all others, the API server has proved itself by the authority in
   * it, and the database is the world's own.
   */
  boolean practice() {
    return practice;
  }

  /** Keeps the last observation until somebody wants them all. */
  private static final class Relay<T> implements Consumer<Observed<T>> {
    private final String what;
    private final ExitCode trouble;
    private final CompletableFuture<Observed<T>> first = new CompletableFuture<>();
    private final long begun = System.nanoTime();
    private Observed<T> last;
    private Consumer<Observed<T>> next = seen -> {};

    Relay(String what, ExitCode trouble) {
      this.what = what;
      this.trouble = trouble;
    }

    @Override
    public synchronized void accept(Observed<T> seen) {
      last = seen;
      boolean quick = System.nanoTime() - begun < QUICK.toNanos();
      if (seen.isKnown() || quick && !seen.isPending()) {
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

    synchronized Optional<Observed<T>> last() {
      return Optional.ofNullable(last);
    }

    Observed<T> first() throws Failure {
      try {
        return first.get(FIRST_LOOK.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException | ExecutionException e) {
        Optional<Observed<T>> tried = last().filter(seen -> !seen.isPending());
        if (tried.isPresent()) {
          return tried.get();
        }
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
