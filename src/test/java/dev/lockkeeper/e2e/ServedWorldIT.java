package dev.lockkeeper.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Entry.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster and a database that are somebody else's, entered as in life: by kubeconfig and URL. The
 * tests share one world; the first ones change nothing in it, and the last one ends it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServedWorldIT {
  private static final String CODER = "CODER_PG_CONNECTION_URL";
  private static final String STATE = "XDG_STATE_HOME";
  private static final String WAITING =
      "SELECT pid FROM pg_locks WHERE NOT granted AND locktype = 'relation'";

  private Path folder;
  private Bastion bastion;
  private ServedWorld world;

  @BeforeAll
  void serve(@TempDir Path root) throws Exception {
    assumeTrue(Terminal.isToBeHad(), "tmux is not installed");
    folder = root;
    bastion = Bastion.in(folder);
    world = ServedWorld.start(bastion, 3);
    world.witness().endBuilds();
  }

  @AfterAll
  void end() {
    if (world != null) {
      world.close();
      bastion.close();
    }
  }

  @Test
  @Order(1)
  void aWrongTokenIsSaid() throws Exception {
    String text = Witness.read(world.kubeconfig()).replaceAll("token: .*", "token: not-the-token");
    Path wrong = Files.writeString(folder.resolve("wrong-token"), text);
    refuses(bastion, 3, "401", "upgrade", "--to", "v2.29.3", "--kubeconfig", wrong.toString());
  }

  @Test
  @Order(1)
  void whatWasMendedIsTriedAgain() throws Exception {
    String right = Witness.read(world.kubeconfig());
    Path file = folder.resolve("mended-later");
    Files.writeString(file, right.replaceAll("token: .*", "token: not-the-token"));
    try (Terminal terminal =
        bastion
            .with(STATE, fresh("mended"))
            .lockkeeper(120, 40, "upgrade", "--to", "v2.29.3", "--kubeconfig", file.toString())) {
      terminal.awaits("401", "r try again");
      Files.writeString(file, right);
      terminal.press("r");
      terminal.awaits("deploy/coder", "enter");
    }
  }

  @Test
  @Order(1)
  void aDeploymentThatIsNotThereIsNamed() {
    refuses(
        bastion,
        3,
        "there is no deployment/coderd in namespace coder",
        upgrade("--deployment", "coderd"));
  }

  @Test
  @Order(1)
  void aWrongPasswordIsSaidAndNotShown() {
    String wrong = world.databaseUrl().replace(world.witness().password(), "hunter2");
    refuses(bastion.with(CODER, wrong), 4, "password", upgrade())
        .said()
        .forEach(line -> assertThat(line).doesNotContain("hunter2"));
  }

  @Test
  @Order(1)
  void aDatabaseThatRefusesIsNamed() {
    String closed = world.databaseUrl().replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:1");
    refuses(bastion.with(CODER, closed), 4, "127.0.0.1:1", upgrade());
  }

  @Test
  @Order(1)
  void aStateFolderThatCannotBeWrittenIsNamed() throws Exception {
    // A file where a folder should be stops even root.
    Path file = Files.writeString(folder.resolve("file"), "");
    Refusal.of(bastion.with("XDG_STATE_HOME", file.toString()), upgrade()).says(6, file.toString());
  }

  @Test
  @Order(2)
  void aTerminalThatIsTooSmallSaysSoAndRecovers() {
    try (Terminal terminal = bastion.with(STATE, fresh("tiny")).lockkeeper(50, 15, upgrade())) {
      terminal.awaits("50x15 is too small, 60x20 needed", "Nothing is lost.");
      terminal.resize(120, 40);
      terminal.awaits("1.1 Know what is installed", "v2.26.6 → v2.29.3", "└ enter");
      Walk.wide(terminal).leave();
      assertThat(terminal.exitCode()).isZero();
      assertThat(terminal.leftOver()).isEmpty();
    }
  }

  @Test
  @Order(3)
  void theFirstStepsAndTheirDialogsFitEightyByTwentyFour() {
    try (Terminal terminal = bastion.with(STATE, fresh("small")).lockkeeper(80, 24, upgrade())) {
      Walk walk = Walk.folded(terminal);
      fits(terminal.awaits("This run", "└ enter begin"));
      walk.begins();
      fits(terminal.awaits("› 1.1 Know what is installed", "p Pods 3/3", "m Migration"));
      walk.read("1.1 Know what is installed");
      walk.begin("1.2 Name the window", "answer", "question 1 of 2");
      fits(terminal.awaits("The window starts at", "> _", "enter answer · esc close"));
      walk.cancel();
      walk.nameWindow();
      walk.readOn();
      walk.begin("3.1 Choose zero or one", "choose", "Scale to zero");
      terminal.press("Down");
      fits(terminal.awaits("▶  Scale to zero", "Scale to one"));
      terminal.press("Enter");
      walk.read("3.1s Pause what changes replicas");
      walk.askToScaleDown();
      fits(terminal.awaits("--replicas=0", "--replicas=3", "▶[ Cancel ]", "  [ Scale "));
      walk.cancel();
      walk.leave();
      assertThat(terminal.exitCode()).isZero();
    }
    assertThat(world.witness().writesBy("operator")).isEmpty();
  }

  @Test
  @Order(4)
  void whatChangedWhileItAskedIsShownAndNothingIsDone() throws Exception {
    try (Terminal terminal = bastion.lockkeeper(upgrade())) {
      Walk walk = Walk.wide(terminal);
      walk.prepare();
      walk.chooseZero();
      walk.askToScaleDown();
      world.witness().scale(4);
      terminal.awaits("Pods 4/4");
      walk.confirm("Scale deployment/coder from 3 to 0.");

      terminal.awaits(
          "Scale deployment/coder from 4 to 0.",
          "changed since you were asked; it was: scale deployment/coder from 3 to 0",
          "▶[ Cancel ]");
      assertThat(world.witness().writesBy("operator")).isEmpty();
      assertThat(journal())
          .filteredOn(entry -> entry.kind() == Kind.INTENDED)
          .as("only the lease was asked for")
          .allMatch(entry -> entry.value("request").equals("lease"));
      walk.cancel();
      terminal.awaits("nothing was done");
      walk.leave();
      assertThat(terminal.exitCode()).isZero();
    }
    world.witness().scale(3);
  }

  @Test
  @Order(5)
  void aRunThatWasLeftIsResumedAndShowsACarelessUpgradeBlocked() {
    Witness witness = world.witness();
    try (Terminal terminal = bastion.lockkeeper("resume")) {
      terminal.awaits("│ 3.2 Scale down", "Pods 3/3", "you do not hold the lease", "└ enter");
      assertThat(journal()).extracting(Entry::kind).contains(Kind.LEFT, Kind.RESUMED);

      witness.upgradeCarelessly("ghcr.io/coder/coder:v2.29.3");
      terminal.awaits("somebody waits for a lock", () -> !witness.ask(WAITING).isEmpty());
      long since = System.nanoTime();
      String screen = terminal.awaits("✖ BLOCKED: pid ", "behind pid ", "MIGRATOR waits");

      assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(15));
      assertThat(screen).containsPattern("● \\d+ [0-9a-z]{5} idle in tx");
      Walk.wide(terminal).leave();
      assertThat(terminal.exitCode()).isZero();
    }
    assertThat(witness.writesBy("operator")).isEmpty();
    assertThat(Witness.read(Witness.journalFile(folder.resolve("state"))))
        .doesNotContain(witness.password());
  }

  @Test
  @Order(6)
  void anInterruptEndsTheWorldAndLeavesNothing() {
    assertThat(world.stop()).isEqualTo(130);
    assertThat(bastion.worlds()).isEmpty();
  }

  private Refusal refuses(Bastion at, int code, String sentence, String... arguments) {
    Refusal refusal = Refusal.inWindow(at, sentence, arguments);
    refusal.says(code, sentence);
    assertThat(folder.resolve("state")).isEmptyDirectory();
    return refusal;
  }

  private List<Entry> journal() {
    return Witness.journal(folder.resolve("state"));
  }

  private String fresh(String name) {
    return folder.resolve(name).toString();
  }

  private static void fits(String screen) {
    List<String> rows = screen.lines().toList();
    assertThat(rows).hasSize(24).allMatch(row -> row.length() <= 80);
  }

  private String[] upgrade(String... more) {
    List<String> words = new ArrayList<>(List.of(world.upgrade()));
    words.addAll(List.of("--kubeconfig", world.kubeconfig().toString()));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }
}
