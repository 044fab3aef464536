package dev.lockkeeper.journal;

import dev.lockkeeper.action.RequestKind;
import dev.lockkeeper.runbook.Runbook;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a run has come to: a fold over its journal. What the journal does not say is empty here, and
 * said to be unknown by whoever tells it.
 *
 * @param progress where it stands
 * @param runbook the one that was walked; empty where it is not known any more
 */
public record RunSummary(Progress progress, Optional<Runbook> runbook) {
  private static final Set<String> COMMITTED = Set.of("migration-committed", "migration-settled");
  private static final Pattern NUMBERS = Pattern.compile("COMMITTED (\\d{1,6}) → (\\d{1,6})");

  /** Under what the journal of practice keeps what is played. */
  public static final String SCENARIO = "scenario";

  /**
   * Migrations that were seen to be committed.
   *
   * @param evidence what was observed
   * @param from the schema number before; empty where that was not observed
   * @param to the number after; empty in the same case
   */
  public record Migrated(Entry evidence, Optional<Integer> from, Optional<Integer> to) {}

  /** When it began; empty in a journal that does not say so. */
  public Optional<Instant> began() {
    return progress.startedAt();
  }

  /** When all steps were over; empty as long as they are not. */
  public Optional<Instant> ended() {
    return progress.ended()
        ? of(Entry.Kind.FINISHED).reduce((first, last) -> last).map(Entry::at)
        : Optional.empty();
  }

  public Downtime downtime() {
    return Downtime.of(progress.entries(), runbook);
  }

  /** The last migration that a step observed to be committed, with its numbers if any step did. */
  public Optional<Migrated> migrated() {
    return of(Entry.Kind.COMPLETED)
        .filter(this::committed)
        .map(RunSummary::migrated)
        .reduce((first, last) -> last.to().isEmpty() && first.to().isPresent() ? first : last);
  }

  private static Migrated migrated(Entry entry) {
    Matcher numbers = NUMBERS.matcher(entry.value(Entry.DETAIL));
    return numbers.find()
        ? new Migrated(
            entry,
            Optional.of(Integer.valueOf(numbers.group(1))),
            Optional.of(Integer.valueOf(numbers.group(2))))
        : new Migrated(entry, Optional.empty(), Optional.empty());
  }

  private boolean committed(Entry entry) {
    return runbook
        .flatMap(walked -> walked.step(entry.step()))
        .filter(step -> step.after().stream().anyMatch(check -> COMMITTED.contains(check.word())))
        .isPresent();
  }

  /**
   * The acts that ended sessions by name, or may have; what ended with its pod is not among them.
   */
  public List<Entry> sessionsEnded() {
    Stream<Entry> unanswered =
        progress.open().stream().filter(act -> act.kind() == Entry.Kind.INTENDED);
    return Stream.concat(acts(), unanswered)
        .filter(entry -> entry.request().filter(RequestKind.TERMINATE::equals).isPresent())
        .toList();
  }

  /** What was done, or may have been. */
  public Stream<Entry> acts() {
    return Stream.concat(of(Entry.Kind.DONE), of(Entry.Kind.UNKNOWN));
  }

  public List<Entry> waived() {
    return of(Entry.Kind.WAIVED).toList();
  }

  /** The steps that were left out, as far as they were not done later. */
  public List<Entry> leftOut() {
    return of(Entry.Kind.SKIPPED)
        .filter(entry -> progress.status(entry.step()) == Progress.StepStatus.SKIPPED)
        .toList();
  }

  /** What is played, in practice. */
  public Optional<String> scenario() {
    return of(Entry.Kind.STARTED)
        .flatMap(entry -> Optional.ofNullable(entry.data().get(SCENARIO)).stream())
        .findFirst();
  }

  private Stream<Entry> of(Entry.Kind kind) {
    return progress.entries().stream().filter(entry -> entry.kind() == kind);
  }
}
