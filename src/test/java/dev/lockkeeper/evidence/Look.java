package dev.lockkeeper.evidence;

import dev.lockkeeper.action.Action;
import dev.lockkeeper.action.MemoryRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Plan;
import dev.lockkeeper.action.Proposal;
import dev.lockkeeper.check.Guard;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.diagnosis.Diagnosis;
import dev.lockkeeper.diagnosis.Finding;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.files.RunbookFile;
import dev.lockkeeper.helm.HelmConfig;
import dev.lockkeeper.helm.HelmSource;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.PracticeCluster;
import dev.lockkeeper.kubernetes.watch.ClusterSource;
import dev.lockkeeper.kubernetes.watch.EvidenceReader;
import dev.lockkeeper.postgres.DatabaseSource;
import dev.lockkeeper.postgres.Pace;
import dev.lockkeeper.postgres.Scene;
import dev.lockkeeper.postgres.TestServer;
import dev.lockkeeper.practice.apiserver.User;
import dev.lockkeeper.practice.server.PostgresServer;
import dev.lockkeeper.runbook.Step;
import dev.lockkeeper.snapshot.Inspected;
import dev.lockkeeper.snapshot.ObjectName;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.trust.Trusted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/**
 * A real PostgreSQL with Coder's tables at 362 and a Kubernetes API over HTTPS with a Deployment of
 * Coder, both watched by the product's own sources as one {@link Snapshot} that goes on. Nobody
 * reconciles the cluster: what a scene wants there, it writes.
 *
 * <p>The server lives as long as the JVM, so that a scene costs half a second.
 */
public final class Look implements AutoCloseable {
  /** Longer than what was seen to move counts as moving. */
  private static final Duration LIMIT = Duration.ofSeconds(80);

  private static final Pace QUICK =
      new Pace(
          Duration.ofMillis(100),
          Duration.ofMillis(200),
          Duration.ofMillis(400),
          Duration.ofMillis(200));

  /** How late a busy machine may hear of a change by its watches. */
  private static final Duration WATCHES = Duration.ofMillis(1200);

  private static final String PASSWORD = "super-c4nary";

  /** The objects of the cluster; to be written to. */
  public final PracticeCluster cluster;

  /** The database; sessions are opened in it. */
  public final Scene database;

  /** What is known of Coder. */
  public final Knowledge knowledge = KnowledgeFile.load();

  private final ClusterConnection connection;
  private final ClusterSource clusterSource;
  private final DatabaseSource databaseSource;
  private Optional<HelmSource> helmSource = Optional.empty();
  private Snapshot seen;
  private long looked;

  private Look(Path directory, String role) throws Exception {
    cluster = new PracticeCluster(directory);
    database = Scene.coder(Server.shared());
    connection = cluster.connect(cluster.operator);
    seen =
        Snapshot.empty(SteadyClock.now(), RunFacts.starting(SteadyClock.now(), Optional.empty()));
    clusterSource = connection.source();
    clusterSource.watch(read -> see(before -> before.withCluster(read)));
    databaseSource = new DatabaseSource(database.address(role), QUICK);
    databaseSource.watch(read -> see(before -> before.withDatabase(read)));
  }

  /** A scene that is watched with coderd's own role. */
  public static Look open(Path directory) throws Exception {
    return new Look(directory, "coder");
  }

  /** A scene that is watched with this role: {@code coder}, {@code watcher} or {@code monitor}. */
  public static Look as(Path directory, String role) throws Exception {
    return new Look(directory, role);
  }

  private synchronized void see(UnaryOperator<Snapshot> look) {
    seen = look.apply(seen.at(SteadyClock.now()));
  }

  /** From now on Helm's program and files are looked at, too. */
  public void helm(HelmConfig desk) {
    helmSource = Optional.of(new HelmSource(desk, read -> see(before -> before.withHelm(read))));
  }

  /** From now on this object is looked up. */
  public void seek(ObjectName name) {
    clusterSource.seek(Optional.of(name));
  }

  /** Changes what the run remembers, was told or chose. */
  public void run(UnaryOperator<RunFacts> change) {
    see(before -> before.with(change.apply(before.run())));
  }

  /** What is known now; it may be older than what the scene did last. */
  public synchronized Snapshot now() {
    return seen.at(SteadyClock.now());
  }

  /** Waits until this is seen. */
  public Snapshot until(Predicate<Snapshot> so) {
    return Awaitility.await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .until(this::now, so);
  }

  /** Waits until cluster and database were both read anew after this call. */
  public Snapshot look() {
    Instant asked = SteadyClock.now();
    Snapshot before = now();
    Duration quiet = cluster.store.version() == looked ? QUICK.slowest() : WATCHES;
    looked = cluster.store.version();
    return until(
        after ->
            after.freshCluster().isPresent()
                && after.freshDatabase().isPresent()
                && after.database().at().isAfter(asked.plus(QUICK.slowest()))
                && (after.cluster().at().isAfter(asked)
                    || before.cluster().isKnown() && after.now().isAfter(asked.plus(quiet))));
  }

  /** Everything that is found in what is seen now. */
  public List<Finding> findings() {
    return Diagnosis.of(look(), knowledge);
  }

  /** The first finding of this kind in what is seen now. */
  public Optional<Finding> finding(Finding.Kind kind) {
    return findings().stream().filter(each -> each.kind() == kind).findFirst();
  }

  /** Waits until this is found. */
  public Finding found(Finding.Kind kind) {
    Snapshot with =
        until(
            each -> Diagnosis.of(each, knowledge).stream().anyMatch(found -> found.kind() == kind));
    return Diagnosis.of(with, knowledge).stream()
        .filter(each -> each.kind() == kind)
        .findFirst()
        .orElseThrow();
  }

  /** What an action would do now. */
  public Proposal proposal(Action action) {
    return action.propose(look(), knowledge);
  }

  /** Asks the cluster for it, as the wizard does once it was confirmed. */
  public Outcome raise(MemoryRequest request) {
    return connection.operations().setMemoryLimit(request);
  }

  /** What the step of a shipped runbook would ask to do now; empty while something forbids it. */
  public Optional<Plan> offered(String runbook, String id) {
    Step step = RunbookFile.bundled(runbook).step(id).orElseThrow();
    Snapshot now = look();
    return step.before().stream().allMatch(guard -> lets(guard, now))
        ? step.action().orElseThrow().propose(now, knowledge).plan()
        : Optional.empty();
  }

  /** Whether it leaves it to the operator, at the least. */
  private boolean lets(Guard guard, Snapshot now) {
    Verdict verdict = guard.check().evaluate(now, knowledge);
    return switch (guard.strength()) {
      case MUST -> verdict.passed();
      case MUST_IF_KNOWN -> verdict.answer() != Verdict.Answer.FAIL;
      case SHOULD, FIGURE -> true;
    };
  }

  /** What reads once, as the wizard does for the evidence, as this user. */
  public EvidenceReader reading(User user, Consumer<Inspected> sink) throws Exception {
    return cluster.connect(user).evidence(sink);
  }

  /** A session as coderd opens it, from a pod's address. */
  public Connection coderd(String podAddress) throws Exception {
    return database.session("coder", podAddress, "");
  }

  @Override
  public void close() throws SQLException {
    helmSource.ifPresent(HelmSource::close);
    clusterSource.close();
    databaseSource.close();
    database.close();
    connection.close();
    cluster.close();
  }

  /** The one server of this JVM. */
  private static final class Server {
    private static TestServer shared;

    private static synchronized TestServer shared() throws Exception {
      if (shared == null) {
        Path cache = Files.createDirectories(Path.of("target", "practice-cache").toAbsolutePath());
        PostgresServer server =
            PostgresServer.start(
                Files.createTempDirectory(Trusted.temporary(), "look"), cache, progress -> {});
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        try (Connection superuser = server.superuser("postgres")) {
          Scene.run(superuser, "CREATE ROLE boss SUPERUSER LOGIN PASSWORD '" + PASSWORD + "'");
        }
        shared = new TestServer(server.port(), "boss", PASSWORD);
      }
      return shared;
    }
  }
}
