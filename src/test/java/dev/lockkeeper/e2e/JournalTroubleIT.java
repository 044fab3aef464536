package dev.lockkeeper.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockkeeper.files.JournalLines;
import dev.lockkeeper.files.Runs;
import dev.lockkeeper.journal.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an upgrade when its journal cannot be written, and of one that was left. */
class JournalTroubleIT {
  @TempDir Path folder;

  private Bastion bastion;
  private ServedWorld world;

  @BeforeEach
  void enterWorld() throws IOException {
    assumeTrue(Terminal.isToBeHad(), "tmux is not installed");
    Bastion bare = Bastion.in(folder);
    world = ServedWorld.start(bare, 4);
    bastion =
        bare.with("KUBECONFIG", world.kubeconfig().toString())
            .with("CODER_PG_CONNECTION_URL", world.databaseUrl());
    world.witness().endBuilds();
  }

  @AfterEach
  void standUp() {
    if (world != null) {
      world.stop();
      world.close();
      bastion.close();
    }
  }

  /** A folder below a file cannot be made by root either. */
  @Test
  void whereNoJournalCanBeWrittenNothingIsBegunAndWatchingGoesOn() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Bastion nowhere = bastion.with("XDG_STATE_HOME", file.resolve("state").toString());
    Refusal.of(nowhere, world.upgrade()).says(6, "'lockkeeper watch' shows the panels without one");
    try (Terminal terminal = nowhere.lockkeeper("watch")) {
      terminal.awaits("Pods 3/3");
      terminal.press("q");
      assertThat(terminal.exitCode()).isZero();
    }
  }

  @Test
  void aFullDiskStopsTheActAndNothingElse() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "prlimit is not installed");
    Witness witness = world.witness();
    try (Terminal terminal = bastion.lockkeeper(world.upgrade())) {
      Walk walk = Walk.wide(terminal);
      walk.prepare();
      walk.chooseZero();
      terminal.awaits("│ 3.2 Scale down", "└ enter show plan");
      Path journal = Witness.journalFile(folder.resolve("state"));
      long room = Files.size(journal) + 100;
      limit(terminal.program(), Long.toString(room));

      walk.scaleDown();
      terminal.awaits("the journal cannot be written, so nothing is done");
      assertThat(witness.writesBy("operator")).isEmpty();
      assertThat(Witness.journal(folder.resolve("state")))
          .filteredOn(entry -> entry.kind() == Entry.Kind.INTENDED)
          .as("only the lease was asked for")
          .allMatch(entry -> entry.value("request").equals("lease"));
      witness.scale(4);
      terminal.awaits("Pods 4/4");
      witness.scale(3);
      terminal.awaits("Pods 3/3");

      limit(terminal.program(), "unlimited");
      walk.scaleDown();
      terminal.awaits("3.2 Scale down  ✔ done");
      assertThat(witness.writesBy("operator")).hasSize(1);
      walk.leave();
      assertThat(terminal.exitCode()).isZero();
      assertThat(terminal.screen())
          .contains("Left the run " + Runs.name(journal))
          .contains("bring back 3 replicas", "scale deployment/coder --replicas=3")
          .contains("lockkeeper resume " + Runs.name(journal))
          .contains(JournalLines.ofRun(journal).head().hash().substring(0, 20));
      assertThat(JournalLines.ofRun(journal).fault()).isEmpty();
    }
  }

  @Test
  void whichOfSeveralRunsIsMeantIsAsked() {
    beginAndLeave();
    try (Terminal terminal = bastion.lockkeeper("resume")) {
      terminal.awaits("going on with the run ");
      Walk.wide(terminal).leave();
      assertThat(terminal.exitCode()).isZero();
    }
    beginAndLeave();
    try (Terminal terminal = bastion.lockkeeper("resume")) {
      assertThat(terminal.exitCode()).isEqualTo(64);
      assertThat(terminal.screen())
          .contains("2 runs are unfinished, say which: lockkeeper resume RUN")
          .containsPattern("(?s)-coder-upgrade  unfinished.*-coder-upgrade  unfinished");
    }
  }

  private void beginAndLeave() {
    try (Terminal terminal = bastion.lockkeeper(world.upgrade())) {
      terminal.awaits("1.1 Know what is installed", "q leave");
      Walk.wide(terminal).leave();
      assertThat(terminal.exitCode()).isZero();
    }
  }

  /** No file that this process writes may become larger. */
  private static void limit(ProcessHandle process, String bytes) throws Exception {
    Process prlimit =
        new ProcessBuilder(
                List.of(
                    "/usr/bin/prlimit",
                    "--pid",
                    Long.toString(process.pid()),
                    "--fsize=" + bytes + ":"))
            .inheritIO()
            .start();
    assertThat(prlimit.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(prlimit.exitValue()).isZero();
  }
}
