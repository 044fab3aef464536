package dev.lockkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Checks;
import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.cli.Outlet;
import dev.lockkeeper.files.JournalFile;
import dev.lockkeeper.files.JournalLines;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.files.RunbookFile;
import dev.lockkeeper.files.Storage;
import dev.lockkeeper.journal.Chain;
import dev.lockkeeper.journal.Debt;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Entry.Kind;
import dev.lockkeeper.journal.Progress;
import dev.lockkeeper.live.Session;
import dev.lockkeeper.runbook.Runbook;
import dev.lockkeeper.runbook.Step;
import dev.lockkeeper.snapshot.Policy;
import dev.lockkeeper.wizard.Setting;
import dev.lockkeeper.wizard.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Journals that an older build wrote, one of each runbook at least, are read and resumed as their
 * own build would have. How they came about stands beside them.
 */
class OlderJournalsTest {
  private static final Path JOURNALS = Path.of("src/test/resources/journals");
  private static final Instant NOW = Instant.parse("2026-12-01T08:00:00Z");

  @TempDir Path folder;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  static List<Path> all() throws IOException {
    try (Stream<Path> files = Files.walk(JOURNALS)) {
      return files.filter(file -> file.endsWith("journal.jsonl")).sorted().toList();
    }
  }

  /** In a folder of its run, which nobody else can write to. */
  private Path copied(Path journal) throws IOException {
    Path run = Files.createDirectories(folder.resolve(journal.getParent().getFileName()));
    return Files.write(run.resolve("journal.jsonl"), Files.readAllBytes(journal));
  }

  private static Progress progress(Chain chain) {
    return Progress.of(chain.entries(), NOW);
  }

  private static Runbook runbook(Chain chain) {
    return RunbookFile.bundled(chain.entries().get(0).value(Entry.RUNBOOK));
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyLineIsUnderstoodAndTheChainHolds(Path journal) throws IOException {
    Chain chain = JournalLines.ofRun(copied(journal));

    assertThat(chain.fault()).isEmpty();
    assertThat(chain.unchained()).isZero();
    assertThat(chain.entries()).hasSize(chain.lines().size() - (chain.torn() ? 1 : 0));
    assertThat(chain.entries())
        .filteredOn(entry -> entry.kind() == Kind.INTENDED)
        .allSatisfy(entry -> assertThat(entry.request()).as(entry.toString()).isPresent());
  }

  /** Each kind of line that matters is in one of them, or this test would prove little. */
  @ParameterizedTest
  @CsvSource({"WAIVED", "ATTESTED", "CHOSEN", "SKIPPED", "INTENDED", "DONE", "RESUMED", "FINISHED"})
  void everyKindIsInOneOfThem(Kind kind) throws IOException {
    boolean found = false;
    for (Path journal : all()) {
      found |=
          JournalLines.ofRun(copied(journal)).entries().stream()
              .anyMatch(entry -> entry.kind() == kind);
    }
    assertThat(found).isTrue();
  }

  /** A run of which every step is over is shown from its beginning. */
  @ParameterizedTest
  @CsvSource({
    "65806d87/whole/20261130-122826-coder-upgrade, 1.1, true, ''",
    "65806d87/whole/20261130-124011-coder-upgrade, 1.1, true, ''",
    "65806d87/whole/20261130-124141-coder-v1, 1.1, true, ''",
    "65806d87/whole/20261130-124227-coder-recovery, 1.1, true, ''",
    "65806d87/whole/20261130-124127-helm-pending, 3.1, false, ''",
    "65806d87/whole/20261130-122552-coder-probes, 4.1, false, replicas",
    "65806d87/whole/20261130-123000-coder-recovery, 1.1, false, connection-limit",
    "65806d87/cut/20261130-122826-coder-upgrade, 4.2, false, replicas liveness-probe helm-values",
    "65806d87/cut/20261130-124011-coder-upgrade, 4.2h, false, replicas helm-replicas",
    "65806d87/cut/20261130-124141-coder-v1, 4.4, false, ''",
    "65806d87/cut/20261130-123000-coder-recovery, 4.5, false, replicas"
  })
  void itGoesOnWhereItStoodAndOwesWhatItOwed(
      String journal, String step, boolean ended, String debts) throws IOException {
    Chain chain = JournalLines.ofRun(copied(JOURNALS.resolve(journal).resolve("journal.jsonl")));
    Progress progress = progress(chain);
    Setting setting =
        new Setting("run", Setting.World.PRODUCTION, ZoneId.of("UTC"), Policy.NONE, true);
    State state = State.starting(setting, runbook(chain), KnowledgeFile.load(), progress, NOW);

    assertThat(state.cursor()).isEqualTo(step);
    assertThat(progress.ended()).isEqualTo(ended);
    assertThat(progress.debts().stream().map(Debt::word).collect(Collectors.joining(" ")))
        .isEqualTo(debts);
    assertThat(progress.debts()).allSatisfy(debt -> assertThat(debt.command()).isNotBlank());
  }

  /** What was reworded or renamed since would be asked again, or its waiver be lost. */
  @ParameterizedTest
  @MethodSource("all")
  void everyWaiverIsThatOfACheckWhichItsStepAsks(Path journal) throws IOException {
    Chain chain = JournalLines.ofRun(copied(journal));
    Progress progress = progress(chain);
    for (Entry waived : chain.entries()) {
      if (waived.kind() == Kind.WAIVED) {
        assertThat(Checks.ALL)
            .as(waived.toString())
            .filteredOn(check -> progress.waiverOfUnknown(waived.step(), check).isPresent())
            .isNotEmpty()
            .allSatisfy(check -> assertThat(asked(runbook(chain), waived.step())).contains(check));
      }
    }
  }

  private static List<Check> asked(Runbook runbook, String step) {
    Step found = runbook.step(step).orElseThrow();
    return found.before().stream().map(guard -> guard.check()).toList();
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyStepThatIsOverIsAStepOfTheRunbookOfToday(Path journal) throws IOException {
    Chain chain = JournalLines.ofRun(copied(journal));
    assertThat(runbook(chain).steps().map(Step::id))
        .containsAll(progress(chain).over().stream().filter(id -> !id.isEmpty()).toList());
  }

  /** It is taken up, and fails only for want of a terminal or of its cluster. */
  @ParameterizedTest
  @MethodSource("all")
  void itIsResumed(Path journal) throws Exception {
    Path copy = copied(journal);
    Resumption resumption =
        new Resumption(Map.of("TERM", "xterm"), Outlet.on(err), Storage.ofThisMachine());

    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () ->
                resumption.run(
                    copy, data -> RunTarget.of(data, Optional.empty()), Session.Place.OWN));

    assertThat(failure.code()).isNotIn(ExitCode.JOURNAL, ExitCode.USAGE);
    Progress progress = progress(JournalLines.ofRun(copy));
    String said = err.toString(StandardCharsets.UTF_8);
    assertThat(progress.debts())
        .allSatisfy(debt -> assertThat(said).contains(debt.text().substring(0, 12)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatIsAppendedIsChainedToIt(Path journal) throws IOException {
    Path copy = copied(journal);
    int before = JournalLines.ofRun(copy).entries().size();
    try (JournalFile file = JournalFile.open(copy)) {
      file.append(Entry.resumed(NOW, "operator"));
    }
    Chain after = JournalLines.ofRun(copy);
    assertThat(after.fault()).isEmpty();
    assertThat(after.torn()).isFalse();
    assertThat(after.entries()).hasSize(before + 1);
  }
}
