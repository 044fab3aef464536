package dev.lockkeeper.evidence;

import dev.lockkeeper.action.EndBlockers;
import dev.lockkeeper.action.EndRequest;
import dev.lockkeeper.action.Plan;
import dev.lockkeeper.action.PreparedRequest;
import dev.lockkeeper.action.RollBackPrepared;
import dev.lockkeeper.diagnosis.Diagnosis;
import dev.lockkeeper.diagnosis.Finding;
import dev.lockkeeper.postgres.Scene;
import dev.lockkeeper.snapshot.MigrationLock;
import dev.lockkeeper.snapshot.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A migrator of a pod, and others who lock what it wants, or nearly. */
final class InTheWayOfAMigrator implements AutoCloseable {
  private static final String OLD_POD = "127.0.0.9";
  private static final String STRANGER = "127.0.0.77";

  final Look look;
  final Connection migrator;
  private final Connection coordinator;
  private final List<String> gids = new ArrayList<>();

  InTheWayOfAMigrator(Path directory) throws Exception {
    look = Look.open(Files.createDirectories(directory));
    coordinator = look.database.session();
    look.cluster.create(
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"coder-4c-old","namespace":"coder",
          "labels":{"app":"coder","tier":"server"},
          "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"coder-4c","uid":"y"}]},
         "spec":{"nodeName":"node-1","containers":[{"name":"coder","image":"ghcr.io/coder/coder:v2.19.0"}]},
         "status":{"phase":"Running","podIP":"%s","conditions":[{"type":"Ready","status":"True"}],
           "containerStatuses":[{"name":"coder","image":"i","imageID":"i","ready":true,"restartCount":0,
             "state":{"running":{"startedAt":"2026-01-02T03:04:05Z"}}}]}}
        """
            .formatted(OLD_POD));
    migrator = look.coderd("127.0.0.1");
    Scene.run(migrator, "BEGIN; SELECT pg_advisory_xact_lock(" + MigrationLock.KEY + ")");
    Scene.run(migrator, "TRUNCATE schema_migrations");
  }

  /** A session of an old replica that does this and then nothing. */
  Connection oldReplica(String statement) throws Exception {
    return idle(look.coderd(OLD_POD), statement);
  }

  /** Another program's session, from where no pod is. */
  Connection stranger(String statement) throws Exception {
    return idle(look.database.session("coder", STRANGER, "report"), statement);
  }

  private static Connection idle(Connection session, String statement) throws SQLException {
    Scene.run(session, "BEGIN; " + statement);
    return session;
  }

  /** A transaction that does this and is prepared under this name. */
  void prepared(String gid, String statement) throws Exception {
    Connection session = look.database.session();
    Scene.run(session, "BEGIN; " + statement);
    Scene.run(session, "PREPARE TRANSACTION '" + gid + "'");
    gids.add(gid);
    session.close();
  }

  void rollBack(String gid) throws SQLException {
    Scene.run(coordinator, "ROLLBACK PREPARED '" + gid + "'");
    gids.remove(gid);
  }

  /** The act has rolled it back. */
  void forgets(String gid) {
    gids.remove(gid);
  }

  /** Says this and is seen to wait. */
  Snapshot waits(Connection session, String statement) throws Exception {
    int pid = Scene.pid(session);
    look.database.later(session, statement);
    return look.until(
        seen ->
            seen.freshDatabase().stream()
                .anyMatch(
                    database -> database.waits().stream().anyMatch(wait -> wait.pid() == pid)));
  }

  Snapshot migratorWaits(String statement) throws Exception {
    return waits(migrator, statement);
  }

  /** The findings of this kind, by their headlines, once cluster and database were read anew. */
  List<String> found(Finding.Kind kind) {
    return Diagnosis.of(look.look(), look.knowledge).stream()
        .filter(each -> each.kind() == kind)
        .map(Finding::headline)
        .toList();
  }

  /** Whom the act would end. */
  List<Integer> ended() {
    Optional<Plan> plan = look.proposal(new EndBlockers(EndRequest.Manner.TERMINATE)).plan();
    return plan.stream()
        .map(each -> (EndRequest) each.request())
        .flatMap(each -> each.sessions().stream())
        .map(EndRequest.Session::pid)
        .toList();
  }

  /** What the act would roll back. */
  Optional<String> rolledBack() {
    return look.proposal(new RollBackPrepared())
        .plan()
        .map(each -> ((PreparedRequest) each.request()).gid());
  }

  @Override
  public void close() throws SQLException {
    for (String gid : List.copyOf(gids)) {
      rollBack(gid);
    }
    look.close();
  }
}
