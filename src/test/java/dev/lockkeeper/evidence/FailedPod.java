package dev.lockkeeper.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.kubernetes.PracticeCluster;
import dev.lockkeeper.postgres.Scene;
import dev.lockkeeper.practice.apiserver.Resources;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;

/** The pod of a scene, whose migration fails at a statement that the real server refuses. */
final class FailedPod {
  private static final String POD = "coder-5d-a";
  private static final String ADDRESS = "127.0.0.1";

  private final Look look;

  FailedPod(Look look) {
    this.look = look;
  }

  /** A session at the pod's address; it shows whose role is Coder's. */
  Connection session() throws Exception {
    return look.coderd(ADDRESS);
  }

  /** Runs this as the pod's migration, which must fail, and lets the pod say so and end. */
  void fails(String... statements) throws Exception {
    fails(session(), statements);
  }

  void fails(Connection migrator, String... statements) throws Exception {
    session();
    try {
      for (String statement : statements) {
        Scene.run(migrator, statement);
      }
    } catch (SQLException refused) {
      says(words(refused), statements[statements.length - 1]);
      return;
    }
    throw new AssertionError("the server takes " + String.join("; ", statements));
  }

  private static String words(SQLException refused) {
    return refused instanceof PSQLException told && told.getServerErrorMessage() != null
        ? told.getServerErrorMessage().getMessage()
            + (told.getServerErrorMessage().getDetail() == null
                ? ""
                : ", " + told.getServerErrorMessage().getDetail().lines().findFirst().orElse(""))
        : "driver: bad connection";
  }

  /** As coderd prints it, with the server's own words in it. */
  private void says(String words, String statement) {
    String uid =
        look.cluster
            .store
            .get(PracticeCluster.key(Resources.PODS, POD))
            .at("/metadata/uid")
            .asText();
    look.cluster
        .logs
        .begin(uid, "coder")
        .add(
            ("error: connect to postgres: connect to postgres: migrate up: up: 2 errors occurred:\n"
                    + "\t* run statement: migration failed: %s in line 0: %s (details: pq: %s)\n"
                    + "\t* commit tx on unlock: pq: Could not complete operation in a failed"
                    + " transaction")
                .formatted(words, statement, words.lines().findFirst().orElse("")));
    look.cluster.status(
        Resources.PODS,
        POD,
        pod -> ((ObjectNode) pod.at("/status/conditions/0")).put("status", "False"));
  }
}
