package dev.lockkeeper.live;

import dev.lockkeeper.action.ClusterOperations;
import dev.lockkeeper.action.DatabaseOperations;
import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.cli.Outlet;
import dev.lockkeeper.cli.Target;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.config.ClusterOptions;
import dev.lockkeeper.kubernetes.lease.LeaseElector;
import dev.lockkeeper.kubernetes.watch.ClusterSource;
import dev.lockkeeper.kubernetes.watch.EvidenceReader;
import dev.lockkeeper.kubernetes.watch.Inspector;
import dev.lockkeeper.postgres.DatabaseAddress;
import dev.lockkeeper.postgres.DatabaseSource;
import dev.lockkeeper.postgres.PostgresOperations;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.ClusterIdentity;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Fact;
import dev.lockkeeper.snapshot.Inspected;
import dev.lockkeeper.snapshot.ObjectName;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Right;
import dev.lockkeeper.worlds.WorldClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A cluster and a database that are both being watched, and the way to change the cluster for those
 * who ask for it.
 */
public final class LiveSources implements AutoCloseable {
  private final Target target;
  private final ClusterConnection connection;
  private final ClusterSource clusterSource;
  private final DatabaseSource databaseSource;
  private final DatabaseOperations databaseOperations;
  private final Relay<Cluster> cluster;
  private final Relay<Database> database;
  private final boolean practice;

  /** What {@link Connecting} has reached; both are being watched. */
  LiveSources(
      Target target,
      ClusterConnection connection,
      ClusterSource clusterSource,
      DatabaseAddress address,
      DatabaseSource databaseSource,
      Relay<Cluster> cluster,
      Relay<Database> database) {
    this.target = target;
    this.connection = connection;
    this.clusterSource = clusterSource;
    this.databaseSource = databaseSource;
    this.databaseOperations = new PostgresOperations(address);
    this.cluster = cluster;
    this.database = database;
    this.practice = PracticeWorld.isOne(connection.authority(), address.where());
  }

  /**
   * Begins to watch, and comes back when both were seen for the first time.
   *
   * @param err takes a line about what is going on
   * @throws Failure in one sentence, if one of them is not there or cannot be used
   */
  public static LiveSources open(Map<String, String> environment, Target target, Outlet err)
      throws Failure {
    try (Connecting connecting = Connecting.start(environment, Leading.to(target))) {
      ClusterIdentity place = connecting.place();
      err.say(
          "lockkeeper: looking at namespace %s of context %s ..."
              .formatted(place.namespace(), place.context()));
      return connecting.reached();
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

  /** What they were found by. */
  public Target target() {
    return target;
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
    return databaseOperations;
  }

  /** Reads objects and logs for whoever looks at them; to be closed before this. */
  Inspector inspector(Consumer<Inspected> sink) {
    return connection.inspector(sink);
  }

  /** Reads once what the next acts take away; its time begins now. */
  EvidenceReader evidence(Consumer<Inspected> sink) {
    return connection.evidence(sink);
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

  /** Hands on the last look at either and every later one, as they come. */
  void observed(Consumer<Fact> sink) {
    cluster(seen -> sink.accept(new Fact.OfCluster(seen)));
    database(seen -> sink.accept(new Fact.OfDatabase(seen)));
  }

  @Override
  public void close() {
    databaseSource.close();
    clusterSource.close();
    connection.close();
  }

  /**
   * Whether this is a practice world, which only one is that this user started and that is still
   * up: its folder is closed to all others, the API server has proved itself by the authority in
   * it, and the database is the world's own.
   */
  boolean practice() {
    return practice;
  }
}
