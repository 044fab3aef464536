package dev.lockkeeper.practice.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Base64Text;
import dev.lockkeeper.practice.apiserver.Deletion;
import dev.lockkeeper.practice.apiserver.Json;
import dev.lockkeeper.practice.apiserver.Key;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.Store;
import dev.lockkeeper.practice.apiserver.User;
import dev.lockkeeper.practice.apiserver.Write;
import dev.lockkeeper.practice.charts.ReleaseHistory;
import dev.lockkeeper.practice.cluster.Pace;
import dev.lockkeeper.practice.coderd.CoderdRuntime;
import dev.lockkeeper.practice.coderd.DatabaseAddress;
import dev.lockkeeper.practice.server.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What a story can lay hands on: the cluster's objects, the database, the containers, the time. */
public final class ScenarioContext implements AutoCloseable {
  private final PostgresServer server;
  private final DatabaseAddress database;
  private final Store store;
  private final CoderdRuntime runtime;
  private final Pace pace;
  private final Key deployment;
  private final Key secret;
  private final Deque<Connection> sessions = new ArrayDeque<>();

  /**
   * A session that migrates.
   *
   * @param pid its process
   * @param address where its client is
   * @param blocked whether it waits for a lock
   * @param queue whether somebody waits for its migration lock
   */
  record Migrator(int pid, String address, boolean blocked, boolean queue) {}

  /**
   * A stage.
   *
   * @param database Coder's database on that server
   * @param deployment Coder's Deployment
   * @param secret the Secret with the URL of the database
   */
  public ScenarioContext(
      PostgresServer server,
      DatabaseAddress database,
      Store store,
      CoderdRuntime runtime,
      Pace pace,
      Key deployment,
      Key secret) {
    this.server = server;
    this.database = database;
    this.store = store;
    this.runtime = runtime;
    this.pace = pace;
    this.deployment = deployment;
    this.secret = secret;
  }

  CoderdRuntime runtime() {
    return runtime;
  }

  /** Lets so many seconds of life pass. */
  void pass(double seconds) throws InterruptedException {
    Thread.sleep(pace.seconds(seconds).toMillis());
  }

  /** A new session of the administrator in Coder's database. */
  Connection inside() throws SQLException {
    return server.superuser(database.database());
  }

  /** A new session of the administrator in another database. */
  Connection superuser(String name) throws SQLException {
    return server.superuser(name);
  }

  /** A new session of another tool in Coder's database; it lives as long as the world. */
  Connection session(String role, String application) throws SQLException {
    String password = PostgresServer.secret();
    try (Connection administrator = inside();
        Statement statement = administrator.createStatement()) {
      // Names and password come from our own files.
      statement.execute("CREATE ROLE " + role + " LOGIN PASSWORD '" + password + "'");
      statement.execute("GRANT pg_read_all_data, pg_write_all_data TO " + role);
    }
    Connection session = server.session(database.database(), role, password, application);
    synchronized (sessions) {
      sessions.push(session);
    }
    return session;
  }

  /** Who migrates now, if anybody does. */
  Optional<Migrator> migrator() throws SQLException {
    // Not from inside: this look is none of Coder's sessions.
    try (Connection administrator = server.superuser("postgres");
        PreparedStatement question =
            administrator.prepareStatement(Questions.text("migrator.sql"))) {
      question.setString(1, database.database());
      try (ResultSet row = question.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Migrator(row.getInt(1), row.getString(2), row.getBoolean(3), row.getBoolean(4)))
            : Optional.empty();
      }
    }
  }

  ReleaseHistory releases() {
    return new ReleaseHistory(store, deployment.namespace());
  }

  /** What the cluster's clock says. */
  Instant now() {
    return store.now();
  }

  ObjectNode deployment() {
    return store.get(deployment);
  }

  void changeDeployment(Write write, Consumer<ObjectNode> change) {
    change(deployment, write, change);
  }

  private void change(Key key, Write write, Consumer<ObjectNode> change) {
    store.update(
        key,
        write,
        object -> {
          change.accept(object);
          return object;
        });
  }

  /** {@code kubectl rollout restart}. */
  void restart() {
    changeDeployment(
        Write.by("kubectl-rollout"),
        object ->
            Json.child(
                    Json.metadata(Json.child(Json.child(object, "spec"), "template")),
                    "annotations")
                .put("kubectl.kubernetes.io/restartedAt", Json.time(store.now())));
  }

  /** Replaces the password in the URL of the Secret. */
  void replacePassword(String password) {
    change(
        secret,
        Write.by("kubectl-edit"),
        object -> Json.child(object, "data").put("url", Base64Text.encode(withPassword(password))));
  }

  /** Deletes the Secret with the URL of the database. */
  void removeSecret() {
    store.delete(secret, Deletion.ordinary());
  }

  /** {@code kubectl cordon}, of every node. */
  void cordon() {
    for (ObjectNode node : store.list(Resources.NODES, "", any -> true).items()) {
      change(
          Key.of(Resources.NODES, node),
          Write.by("kubectl-cordon"),
          object -> Json.child(object, "spec").put("unschedulable", true));
    }
  }

  private String withPassword(String password) {
    return new DatabaseAddress(
            database.host(), database.port(), database.database(), database.user(), password)
        .url();
  }

  /** The controller says whether it scales. */
  void tellAutoscaler(String name, boolean disabled) {
    change(
        new Key(Resources.AUTOSCALERS, deployment.namespace(), name),
        Write.by("kube-controller-manager").to("status"),
        object ->
            Json.child(object, "status")
                .putArray("conditions")
                .addObject()
                .put("type", "ScalingActive")
                .put("status", disabled ? "False" : "True")
                .put("reason", disabled ? "ScalingDisabled" : "ValidMetricFound"));
  }

  Optional<ObjectNode> autoscaler(String name) {
    return store.find(new Key(Resources.AUTOSCALERS, deployment.namespace(), name));
  }

  Optional<ObjectNode> application(String name) {
    return store.find(new Key(Resources.APPLICATIONS, User.ARGO_CD, name));
  }

  private List<ObjectNode> pods() {
    return store.list(Resources.PODS, deployment.namespace(), any -> true).items();
  }

  /** The memory limit of the coderd container of the pod at this address, if it has one. */
  Optional<String> memoryLimitAt(String address) {
    return pods().stream()
        .filter(pod -> Json.text(pod, "/status/podIP").equals(address))
        .map(pod -> Json.text(pod, "/spec/containers/0/resources/limits/memory"))
        .filter(limit -> !limit.isEmpty())
        .findFirst();
  }

  /** Evicts a pod: the kubelet kills its container after a second, and the database is not told. */
  void evictPodAt(String address) {
    pods().stream()
        .filter(pod -> Json.text(pod, "/status/podIP").equals(address))
        .forEach(
            pod -> store.delete(Key.of(Resources.PODS, pod), Deletion.within(1, Json.uid(pod))));
  }

  /** Whether this is what is to be seen now. */
  public boolean shows(Scene scene) throws SQLException {
    return switch (scene) {
      case READY -> true;
      case MIGRATING -> migrator().isPresent();
      case BLOCKED -> migrator().filter(Migrator::blocked).isPresent();
      case QUEUED -> migrator().filter(Migrator::queue).isPresent();
      case FAILING -> pods().stream().anyMatch(ScenarioContext::fails);
    };
  }

  private static boolean fails(ObjectNode pod) {
    String waiting = Json.text(pod, "/status/containerStatuses/0/state/waiting/reason");
    return pod.at("/status/containerStatuses/0/lastState").has("terminated")
        || waiting.equals("ErrImagePull");
  }

  @Override
  public void close() {
    synchronized (sessions) {
      for (Connection session : sessions) {
        try {
          session.close();
        } catch (SQLException alreadyGone) {
          // Ended by somebody: that is what it was there for.
        }
      }
      sessions.clear();
    }
  }
}
