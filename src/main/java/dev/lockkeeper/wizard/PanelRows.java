package dev.lockkeeper.wizard;

import dev.lockkeeper.analysis.InTheWay;
import dev.lockkeeper.diagnosis.Diagnosis;
import dev.lockkeeper.diagnosis.Finding;
import dev.lockkeeper.runbook.PanelId;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.ClusterEvent;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.LockForest;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.ReplicaSet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The rows of a panel that is open in full, in their order. Of facts that are no longer live they
 * are those that were seen last.
 */
public final class PanelRows {
  private final ScreenState seen;
  private final List<PanelRow> rows;
  private final Map<Integer, Backend> backends;

  private PanelRows(ScreenState seen, List<PanelRow> rows) {
    this.seen = seen;
    this.rows = List.copyOf(rows);
    boolean ofSessions = rows.stream().anyMatch(row -> row.kind() == PanelRow.Kind.SESSION);
    this.backends = ofSessions ? database(seen).map(PanelRows::byPid).orElse(Map.of()) : Map.of();
  }

  /** Those of this panel; the migration and the checks have none. */
  public static PanelRows of(PanelId panel, ScreenState seen) {
    return new PanelRows(
        seen,
        switch (panel) {
          case PODS -> cluster(seen).map(PanelRows::workload).orElse(List.of());
          case EVENTS -> cluster(seen).map(PanelRows::events).orElse(List.of());
          case LOCKS -> database(seen).map(PanelRows::sessions).orElse(List.of());
          case FINDINGS -> findings(seen);
          case MIGRATION, CHECKS, RUN -> List.of();
        });
  }

  public List<PanelRow> rows() {
    return rows;
  }

  private static Optional<Cluster> cluster(ScreenState seen) {
    return seen.snapshot().cluster().value();
  }

  private static Optional<Database> database(ScreenState seen) {
    return seen.snapshot().database().value();
  }

  private static List<PanelRow> workload(Cluster cluster) {
    List<PanelRow> rows = new ArrayList<>();
    for (int i = 0; i < cluster.pods().size(); i++) {
      rows.add(new PanelRow(PanelRow.Kind.POD, i, cluster.pods().get(i).uid()));
    }
    for (int i = 0; i < cluster.replicaSets().size(); i++) {
      rows.add(new PanelRow(PanelRow.Kind.REPLICA_SET, i, cluster.replicaSets().get(i).uid()));
    }
    cluster
        .deployment()
        .ifPresent(one -> rows.add(new PanelRow(PanelRow.Kind.DEPLOYMENT, 0, one.uid())));
    return rows;
  }

  private static List<PanelRow> events(Cluster cluster) {
    List<PanelRow> rows = new ArrayList<>();
    for (ClusterEvent event : cluster.events()) {
      rows.add(new PanelRow(PanelRow.Kind.EVENT, rows.size(), event.uid()));
    }
    return rows;
  }

  private static List<PanelRow> findings(ScreenState seen) {
    List<PanelRow> rows = new ArrayList<>();
    for (Finding finding : Diagnosis.of(seen.snapshot(), seen.knowledge())) {
      String id = finding.kind() + " " + finding.advice().answeredBy();
      long same = rows.stream().filter(row -> row.id().startsWith(id)).count();
      rows.add(new PanelRow(PanelRow.Kind.FINDING, rows.size(), same == 0 ? id : id + " " + same));
    }
    return rows;
  }

  /** Who holds others up and who waits first, then those idle in a transaction, then the others. */
  private static List<PanelRow> sessions(Database database) {
    Map<Integer, Backend> backends = byPid(database);
    Set<Integer> pids = new LinkedHashSet<>();
    LockForest.of(database).roots().forEach(root -> each(root, pids::add));
    InTheWay.unnoticed(database, List.of()).forEach(one -> pids.add(one.backend().pid()));
    database.backends().forEach(backend -> pids.add(backend.pid()));
    return pids.stream()
        .map(pid -> new PanelRow(PanelRow.Kind.SESSION, pid, session(database, backends, pid)))
        .toList();
  }

  /** There may be thousands, of which each row is one. */
  private static Map<Integer, Backend> byPid(Database database) {
    return database.backends().stream()
        .collect(Collectors.toMap(Backend::pid, one -> one, (first, same) -> first));
  }

  private static void each(LockForest.Tree tree, Consumer<Integer> pid) {
    pid.accept(tree.pid());
    tree.waiters().forEach(below -> each(below, pid));
  }

  /** A pid may be another session's a moment later, and a place another transaction's. */
  private static String session(Database database, Map<Integer, Backend> backends, int pid) {
    return database
        .prepared(pid)
        .map(Database.PreparedTransaction::gid)
        .or(
            () ->
                Optional.ofNullable(backends.get(pid))
                    .map(backend -> pid + " " + backend.backendStart()))
        .orElse(String.valueOf(pid));
  }

  /** What a row says, for searching in it; raw. */
  public String text(PanelRow row) {
    return switch (row.kind()) {
      case POD -> pod(row).map(pod -> said(pod)).orElse("");
      case REPLICA_SET -> replicaSet(row).map(set -> set.name() + " " + set.image()).orElse("");
      case DEPLOYMENT -> deployment().map(one -> one.name() + " " + one.image()).orElse("");
      case EVENT -> event(row).map(PanelRows::said).orElse("");
      case SESSION -> row.id() + session(row).map(PanelRows::said).orElse("");
      case FINDING -> finding(row).map(Finding::headline).orElse("");
    };
  }

  private static String said(Pod pod) {
    return String.join(
        " ", pod.name(), pod.image(), pod.ip().orElse(""), pod.phase(), pod.waiting());
  }

  private static String said(ClusterEvent event) {
    return String.join(
        " ", event.type(), event.reason(), event.kind() + "/" + event.object(), event.message());
  }

  private static String said(Backend backend) {
    return " "
        + String.join(
            " ",
            backend.user(),
            backend.application(),
            backend.address().orElse(""),
            backend.state().orElse(""),
            backend.query());
  }

  public Optional<Pod> pod(PanelRow row) {
    return cluster(seen).map(one -> one.pods().get(row.place()));
  }

  public Optional<ReplicaSet> replicaSet(PanelRow row) {
    return cluster(seen).map(one -> one.replicaSets().get(row.place()));
  }

  public Optional<Deployment> deployment() {
    return cluster(seen).flatMap(Cluster::deployment);
  }

  public Optional<ClusterEvent> event(PanelRow row) {
    return cluster(seen).map(one -> one.events().get(row.place()));
  }

  /** The session of this row; empty for a prepared transaction, and one of another database. */
  public Optional<Backend> session(PanelRow row) {
    return Optional.ofNullable(backends.get(row.place()));
  }

  public Optional<Finding> finding(PanelRow row) {
    return Optional.of(Diagnosis.of(seen.snapshot(), seen.knowledge()).get(row.place()));
  }
}
