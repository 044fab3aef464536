package dev.lockkeeper.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Entry.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The recovery of a stuck migration by keys, from the first look to the last check. */
@EnabledIfSystemProperty(named = "lockkeeper.test.recovery", matches = "true")
class RecoveryIT {
  private static final String SESSIONS =
      "SELECT pid || ' ' || backend_start FROM pg_stat_activity"
          + " WHERE datname = current_database() AND backend_type = 'client backend'"
          + " AND pid <> pg_backend_pid() AND usename = 'coder'";
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
      walk.begin("3.3 End what blocks", "show plan", "End session " + blocker);
      walk.swear(blocker);
      terminal.awaits("3.3 End what blocks  ✔ done");
      assertThat(gone(before, witness.ask(SESSIONS))).contains(blocker);
      walk.goOn("3.3 End what blocks  ✔ done");
      recovery.pass("3.4 Roll back what is prepared");
      terminal.awaits("3.5 See whether it goes on");
      recovery.choose("3.5 See whether it goes on", "It goes on, watch it");
      terminal.awaits("7.1 Watch it commit  ✔ done");
      walk.goOn("7.1 Watch it commit");
      recovery.pass("7.2 Bring the replicas back");
      walk.goOn("7.3 See that all is well  ✔ done");
      walk.read("7.5 Go on with the upgrade");
      terminal.awaits("All steps are over");

      assertThat(witness.ask(ROW)).containsExactly("401 false");
      assertThat(witness.writesBy("operator")).isEmpty();
      assertThat(acts(witness))
          .containsExactly(
              "INTENDED 2.3 take the operator's lease",
              "DONE 2.3 take the operator's lease",
              "INTENDED 3.3 end session " + blocker,
              "DONE 3.3 end session " + blocker);
      walk.leave();
      assertThat(terminal.exitCode()).isZero();
      assertThat(bastion.worlds()).isEmpty();
    }
  }

  @Test
  void everythingIsTakenDownAndStartedAgain() {
    try (Terminal terminal = bastion.lockkeeper("practice", "stuck", "--pace", "6")) {
      Walk walk = Walk.wide(terminal);
      Recovery recovery = new Recovery(walk);
      Witness witness = begin(terminal, recovery);
      recovery.leaveOut("3.3 End what blocks");
      recovery.pass("3.4 Roll back what is prepared");
      recovery.choose("3.5 See whether it goes on", "Take everything down");
      recovery.confirm("4.1 Scale to zero", "Scale deployment/coder from 3 to 0.");
      walk.goOn("4.2 See the pods go  ✔ done");
      recovery.endOrPass("4.3 End what the pods left behind");
      recovery.choose("4.4 See whether sessions come back", "Close the door to new sessions");
      recovery.confirm("4.5 Close the door", "");
      assertThatThrownBy(() -> witness.ask(DOOR)).hasMessageContaining("too many connections");
      recovery.endOrPass("4.6 End coderd's sessions");
      recovery.choose("4.7 Look who is left", "Leave them alone");
      recovery.confirm("4.9 Open the door", "");
      assertThat(witness.ask(DOOR)).containsExactly("-1");
      walk.goOn("5.1 Read the schema number  ✔ done");
      recovery.choose("5.2 Decide about a dirty mark", "It is not dirty");
      recovery.choose("5.4 Match the image to the schema", "The image fits as it is");
      recovery.confirm("6.1 Start one pod", "Scale deployment/coder from 0 to 1.");
      walk.goOn("7.1 Watch it commit  ✔ done");
      recovery.confirm("7.2 Bring the replicas back", "Scale deployment/coder from 1 to 3.");
      walk.goOn("7.3 See that all is well  ✔ done");
      walk.read("7.5 Go on with the upgrade");
      terminal.awaits("All steps are over", "nothing is owed");

      assertThat(witness.ask(ROW)).containsExactly("401 false");
      assertThat(witness.writesBy("operator"))
          .extracting(write -> write.path().replaceAll(".*/coder/scale.*", "scale"))
          .containsExactly("scale", "scale", "scale");
      walk.leave();
      assertThat(terminal.exitCode()).isZero();
    }
  }

  /** From the first look to the step that ends what blocks. */
  private Witness begin(Terminal terminal, Recovery recovery) {
    terminal.awaits("1.1 See what is found", "PRACTICE", "✖ BLOCKED: pid ");
    recovery.prepare();
    recovery.pass("3.1 End sessions without a client");
    recovery.pass("3.2 Cancel what blocks");
    return new Witness(bastion.worlds().get(0));
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
