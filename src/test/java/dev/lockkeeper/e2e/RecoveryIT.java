package dev.lockkeeper.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Entry.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The recovery of a stuck migration by keys, from the first look to the last check. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class RecoveryIT {
  private static final String SESSIONS =
      "SELECT pid || ' ' || backend_start FROM pg_stat_activity"
          + " WHERE datname = current_database() AND backend_type = 'client backend'"
          + " AND pid <> pg_backend_pid() AND usename = 'coder'";
  private static final String MIGRATOR =
      "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted"
          + " AND classid = 241551044 AND objid = 1626191913";
  private static final String METABASE =
      "SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'Metabase%'";
  private static final String PREPARED = "SELECT gid FROM pg_prepared_xacts";
  private static final String BLOCKER =
      "SELECT DISTINCT blocker FROM pg_stat_activity a,"
          + " unnest(pg_blocking_pids(a.pid)) blocker, pg_stat_activity b"
          + " WHERE b.pid = blocker AND b.state = 'idle in transaction'"
          + " AND b.wait_event_type = 'Client'";
  private static final String ROW = "SELECT version || ' ' || dirty FROM schema_migrations";
  private static final String DOOR =
      "SELECT datconnlimit FROM pg_database WHERE datname = current_database()";

  @TempDir Path folder;

  private Bastion bastion;

  @BeforeEach
  void sitDown() throws IOException {
    assumeTrue(Terminal.isToBeHad(), "tmux is not installed");
    bastion = Bastion.in(folder);
  }

  @AfterEach
  void standUp() {
    bastion.close();
  }

  @Test
  void theOneSessionThatBlocksIsEndedAndTheMigratorGoesOnByItself() {
    try (Terminal terminal = bastion.lockkeeper("practice", "stuck", "--pace", "6")) {
      Walk walk = Walk.wide(terminal);
      Recovery recovery = new Recovery(walk);
      Witness witness = begin(terminal, recovery);
      String blocker = witness.ask(BLOCKER).get(0);

      List<String> before = witness.ask(SESSIONS);
      walk.begin("3.3 End sessions that block", "show plan", "End session " + blocker);
      walk.swear(blocker);
      terminal.awaits("3.3 End sessions that block  ✔ done");
      assertThat(gone(before, witness.ask(SESSIONS))).contains(blocker);
      walk.goOn("3.3 End sessions that block  ✔ done");
      recovery.pass("3.4 Roll back a prepared transaction");
      watch(walk, recovery);

      assertThat(witness.ask(ROW)).containsExactly("401 false");
      assertThat(witness.writesBy("operator")).isEmpty();
      assertThat(acts(witness)).containsExactlyElementsOf(acted("3.3 end session " + blocker));
      leave(walk);
    }
  }

  @Tag("long")
  @Test
  void theSessionOfADeadPodIsEndedAndThenWhoTheNextPodWaitsFor() {
    try (Terminal terminal = bastion.lockkeeper("practice", "orphan", "--pace", "6")) {
      Walk walk = Walk.wide(terminal);
      Recovery recovery = new Recovery(walk);
      terminal.awaits("PRACTICE", "└ enter begin");
      walk.begins();
      terminal.awaits("1.1 Read the findings", "most likely ended");
      Witness witness = bastion.witness(terminal);
      String orphan = witness.ask(MIGRATOR).get(0);
      String report = witness.ask(METABASE).get(0);

      recovery.prepare();
      recovery.confirm("3.1 End sessions without a client", "End session " + orphan);
      terminal.awaits("✖ BLOCKED: pid ");
      assertThat(witness.ask(MIGRATOR)).hasSize(1).doesNotContain(orphan);
      recovery.pass("3.2 Cancel statements that block");
      recovery.confirm("3.3 End sessions that block", "End session " + report);
      recovery.pass("3.4 Roll back a prepared transaction");
      watch(walk, recovery);

      assertThat(witness.ask(ROW)).containsExactly("401 false");
      assertThat(witness.ask(METABASE)).isEmpty();
      assertThat(witness.writesBy("operator")).isEmpty();
      assertThat(acts(witness))
          .containsExactlyElementsOf(
              acted("3.1 end session " + orphan, "3.3 end session " + report));
      leave(walk);
    }
  }

  @Test
  void aPreparedTransactionIsRolledBackByItsNameAndNoSessionIsEnded() {
    try (Terminal terminal = bastion.lockkeeper("practice", "prepared", "--pace", "6")) {
      Walk walk = Walk.wide(terminal);
      Recovery recovery = new Recovery(walk);
      Witness witness = begin(terminal, recovery);
      String gid = witness.ask(PREPARED).get(0);
      recovery.pass("3.3 End sessions that block");
      walk.begin("3.4 Roll back a prepared transaction", "show plan", gid);
      walk.swear(gid);
      walk.goOn("3.4 Roll back a prepared transaction  ✔ done");
      watch(walk, recovery);

      assertThat(witness.ask(ROW)).containsExactly("401 false");
      assertThat(witness.ask(PREPARED)).isEmpty();
      assertThat(witness.writesBy("operator")).isEmpty();
      assertThat(acts(witness))
          .containsExactlyElementsOf(acted("3.4 roll back the prepared transaction " + gid));
      leave(walk);
    }
  }

  @Tag("long")
  @Test
  void everythingIsTakenDownAndStartedAgain() {
    try (Terminal terminal = bastion.lockkeeper("practice", "stuck", "--pace", "6")) {
      Walk walk = Walk.wide(terminal);
      Recovery recovery = new Recovery(walk);
      Witness witness = begin(terminal, recovery);
      recovery.leaveOut("3.3 End sessions that block");
      recovery.pass("3.4 Roll back a prepared transaction");
      recovery.choose("3.5 See whether it continues", "Take everything down");
      recovery.confirm("4.1 Scale to zero", "Scale deployment/coder from 3 to 0.");
      walk.goOn("4.2 Wait until the pods are gone  ✔ done");
      recovery.endOrPass("4.3 End sessions of gone pods");
      recovery.choose("4.4 See whether sessions come back", "Set the connection limit to 0");
      recovery.confirm("4.5 Limit the connections to 0", "");
      assertThatThrownBy(() -> witness.ask(DOOR)).hasMessageContaining("too many connections");
      recovery.endOrPass("4.6 End coderd's sessions");
      recovery.choose("4.7 See who is left", "Leave them alone");
      recovery.confirm("4.9 Restore the connection limit", "");
      assertThat(witness.ask(DOOR)).containsExactly("-1");
      walk.goOn("5.1 Read the schema number  ✔ done");
      recovery.choose("5.2 Decide about a dirty mark", "It is not dirty");
      recovery.choose("5.4 Match the image to the schema", "Keep the image as it is");
      recovery.pass("6.0 Give the migration time");
      recovery.confirm("6.1 Start one pod", "Scale deployment/coder from 0 to 1.");
      walk.goOn("7.1 Watch it commit  ✔ done");
      recovery.pass("7.1p Put the liveness probe back");
      recovery.confirm("7.2 Bring the replicas back", "Scale deployment/coder from 1 to 3.");
      walk.goOn("7.3 See that all is well  ✔ done");
      walk.read("7.5 Go on with the upgrade");
      terminal.awaits("All steps are over", "nothing is owed");

      assertThat(witness.ask(ROW)).containsExactly("401 false");
      assertThat(witness.writesBy("operator"))
          .extracting(
              write ->
                  write.path().replaceAll("\\?.*", "").replaceAll(".*/deployments/coder/?", ""))
          .as("the probe was out before, and stays so")
          .containsExactly("scale", "scale", "scale");
      leave(walk);
    }
  }

  /** From the first look to the step that ends what blocks. */
  private Witness begin(Terminal terminal, Recovery recovery) {
    terminal.awaits("1.1 Read the findings", "PRACTICE", "✖ BLOCKED: pid ");
    recovery.prepare();
    recovery.pass("3.1 End sessions without a client");
    recovery.pass("3.2 Cancel statements that block");
    return bastion.witness(terminal);
  }

  /** From the end of what blocked to the end of the run. */
  private static void watch(Walk walk, Recovery recovery) {
    recovery.choose("3.5 See whether it continues", "It continues, watch it");
    walk.goOn("7.1 Watch it commit  ✔ done");
    recovery.pass("7.2 Bring the replicas back");
    walk.goOn("7.3 See that all is well  ✔ done");
    walk.read("7.5 Go on with the upgrade");
    walk.terminal().awaits("All steps are over", "nothing is owed");
  }

  private void leave(Walk walk) {
    walk.leave();
    assertThat(walk.terminal().exitCode()).isZero();
    assertThat(bastion.worlds()).isEmpty();
  }

  /** The lease and these, as the journal tells of what was meant and done. */
  private static List<String> acted(String... acts) {
    Stream<String> first =
        Stream.of(
            "2.1 keep the evidence of deployment/coder and its database",
            "2.3 take the operator's lease");
    return Stream.concat(first, Stream.of(acts))
        .flatMap(act -> Stream.of("INTENDED " + act, "DONE " + act))
        .toList();
  }

  private static List<String> gone(List<String> before, List<String> after) {
    return before.stream()
        .filter(session -> !after.contains(session))
        .map(session -> session.split(" ")[0])
        .toList();
  }

  private static List<String> acts(Witness witness) {
    return Witness.journal(witness.world().resolve("runs")).stream()
        .filter(
            entry ->
                List.of(Kind.INTENDED, Kind.DONE, Kind.REFUSED, Kind.UNKNOWN)
                    .contains(entry.kind()))
        .map(entry -> entry.kind() + " " + entry.step() + " " + entry.value(Entry.SUMMARY))
        .toList();
  }
}
