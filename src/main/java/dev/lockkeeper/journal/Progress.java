package dev.lockkeeper.journal;

import dev.lockkeeper.action.RequestKind;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.snapshot.RunFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where a run stands: a fold over its journal.
 *
 * @param startedAt when the run began
 * @param facts what was said, chosen and remembered
 * @param steps how the steps stand that were begun or ended
 * @param waivers the checks that were waived, as {@code step + newline + word}, with the reason
 * @param owing what is owed, and what was before the open intention
 * @param acts what became of the acts
 * @param last the last entry
 * @param ended whether all steps were over and none was opened again
 */
public record Progress(
    Optional<Instant> startedAt,
    RunFacts facts,
    Map<String, StepStatus> steps,
    Map<String, String> waivers,
    Debts owing,
    Acts acts,
    Optional<Entry> last,
    boolean ended) {
  private static final String UNKNOWN = "\nunknown";

  public Progress {
    steps = Map.copyOf(steps);
    waivers = Map.copyOf(waivers);
  }

  /**
   * What became of the acts.
   *
   * @param outcomes how the last act of each step ended, if one was asked
   * @param open the intention that has no outcome yet, if there is one: nobody knows whether it was
   *     done
   * @param entries all entries, for who tells what the run has come to
   */
  public record Acts(Map<String, Entry> outcomes, Optional<Entry> open, List<Entry> entries) {
    static final Acts NONE = new Acts(Map.of(), Optional.empty(), List.of());

    public Acts {
      outcomes = Map.copyOf(outcomes);
      entries = List.copyOf(entries);
    }

    private Acts after(Entry entry) {
      List<Entry> more = new ArrayList<>(entries);
      more.add(entry);
      return new Acts(outcomes(entry), open(entry), more);
    }

    private Map<String, Entry> outcomes(Entry entry) {
      if (!entry.kind().outcome()) {
        return outcomes;
      }
      Map<String, Entry> copy = new HashMap<>(outcomes);
      copy.put(entry.step(), entry);
      return copy;
    }

    private Optional<Entry> open(Entry entry) {
      return switch (entry.kind()) {
        case INTENDED, UNKNOWN -> Optional.of(entry);
        case DONE, REFUSED -> Optional.empty();
        case COMPLETED, SKIPPED -> open.filter(before -> !before.step().equals(entry.step()));
        case RESUMED -> open.filter(before -> !endsWithUs(before));
        case STARTED, REMEMBERED, ATTESTED, CHOSEN, WAIVED, REOPENED, LEFT, FINISHED -> open;
      };
    }

    /** What only writes files of this run goes on nowhere, and may be done again. */
    private static boolean endsWithUs(Entry intended) {
      return intended.request().filter(RequestKind.EVIDENCE::equals).isPresent();
    }
  }

  /** How a step stands. */
  public enum StepStatus {
    OPEN,
    /** Its act was done; what must be observed afterwards was not yet. */
    ACTED,
    /** Its act was sent and nobody knows whether it was done. */
    UNKNOWN,
    DONE,
    SKIPPED
  }

  /** A run that has not begun. */
  public static Progress none(Instant now) {
    return new Progress(
        Optional.empty(),
        RunFacts.starting(now, Optional.empty()),
        Map.of(),
        Map.of(),
        Debts.NONE,
        Acts.NONE,
        Optional.empty(),
        false);
  }

  /** A run as its journal tells it. */
  public static Progress of(List<Entry> entries, Instant now) {
    Progress progress = none(now);
    for (Entry entry : entries) {
      progress = progress.with(entry);
    }
    return progress;
  }

  /** What is owed, oldest first. */
  public List<Debt> debts() {
    return owing.owed();
  }

  /** The intention that has no outcome yet, if there is one. */
  public Optional<Entry> open() {
    return acts.open();
  }

  /** All entries so far, oldest first. */
  public List<Entry> entries() {
    return acts.entries();
  }

  public StepStatus status(String step) {
    return steps.getOrDefault(step, StepStatus.OPEN);
  }

  public boolean finished(String step) {
    StepStatus status = status(step);
    return status == StepStatus.DONE || status == StepStatus.SKIPPED;
  }

  /** The reason with which this check was waived at this step. */
  public Optional<String> waiver(String step, Check check) {
    return reason(step, check, "");
  }

  /** The same for an answer that nobody knows: who took a risk for granted took this one, too. */
  public Optional<String> waiverOfUnknown(String step, Check check) {
    return waiverOfUnknownAlone(step, check).or(() -> waiver(step, check));
  }

  /** The same where a known answer is waived by its figure, which says nothing of another one. */
  public Optional<String> waiverOfUnknownAlone(String step, Check check) {
    return reason(step, check, UNKNOWN);
  }

  /** Journals of before name a check by its question. */
  private Optional<String> reason(String step, Check check, String answer) {
    return Stream.of(check.word(), check.question())
        .flatMap(about -> Stream.ofNullable(waivers.get(step + "\n" + about + answer)))
        .findFirst();
  }

  /** Whether this step's act was asked for, and not refused. */
  public boolean acted(String step) {
    return switch (status(step)) {
      case ACTED, UNKNOWN -> true;
      case DONE, OPEN, SKIPPED ->
          outcome(step).filter(entry -> entry.kind() != Entry.Kind.REFUSED).isPresent();
    };
  }

  /** How the last act of this step ended; {@link Entry#parts} tells it for each target. */
  public Optional<Entry> outcome(String step) {
    return Optional.ofNullable(acts.outcomes().get(step));
  }

  /** Whether anything is owed: a run is over only when all was put back or waived. */
  public boolean owes() {
    return !debts().isEmpty();
  }

  /**
   * Whether an act was begun and is not over: its outcome is not known, or what must be seen after
   * it was not seen yet.
   */
  public boolean midway() {
    return open().isPresent() || steps.containsValue(StepStatus.ACTED);
  }

  /** What is owed under this word. */
  public Optional<Debt> debt(String word) {
    return debts().stream().filter(debt -> debt.word().equals(word)).findFirst();
  }

  /** The run with one more entry. */
  public Progress with(Entry entry) {
    Debts now = owing.after(entry, facts);
    return new Progress(
        entry.kind() == Entry.Kind.STARTED ? Optional.of(entry.at()) : startedAt,
        owing(RunMemory.after(facts, entry), now),
        steps(entry),
        waivers(entry),
        now,
        acts.after(entry),
        Optional.of(entry),
        entry.kind() == Entry.Kind.FINISHED || ended && entry.kind() != Entry.Kind.REOPENED);
  }

  /** A check does not see debts: what the door owes is a fact for it. */
  private static RunFacts owing(RunFacts facts, Debts now) {
    String limit = now.debt(Debt.CONNECTION_LIMIT).map(Debt::from).orElse("");
    return facts.recalled(RunFacts.LIMIT_OWED).orElse("").equals(limit)
        ? facts
        : facts.remembering(RunFacts.LIMIT_OWED, limit);
  }

  private Map<String, StepStatus> steps(Entry entry) {
    if (entry.kind() == Entry.Kind.RESUMED) {
      return open().filter(Acts::endsWithUs).map(this::reopened).orElse(steps);
    }
    Optional<StepStatus> status =
        switch (entry.kind()) {
          case INTENDED, UNKNOWN -> Optional.of(StepStatus.UNKNOWN);
          case DONE -> Optional.of(StepStatus.ACTED);
          case REFUSED -> Optional.of(StepStatus.OPEN);
          case COMPLETED -> Optional.of(StepStatus.DONE);
          case SKIPPED -> Optional.of(StepStatus.SKIPPED);
          case REOPENED -> Optional.of(StepStatus.OPEN);
          case STARTED, REMEMBERED, ATTESTED, CHOSEN, WAIVED, LEFT, RESUMED, FINISHED ->
              Optional.empty();
        };
    if (status.isEmpty()) {
      return steps;
    }
    Map<String, StepStatus> copy = new HashMap<>(steps);
    copy.put(entry.step(), status.get());
    return copy;
  }

  private Map<String, StepStatus> reopened(Entry intended) {
    Map<String, StepStatus> copy = new HashMap<>(steps);
    copy.put(intended.step(), StepStatus.OPEN);
    return copy;
  }

  private Map<String, String> waivers(Entry entry) {
    if (entry.kind() != Entry.Kind.WAIVED) {
      return waivers;
    }
    Map<String, String> copy = new HashMap<>(waivers);
    String about = entry.step() + "\n" + entry.value(Entry.WORD);
    boolean unknown = entry.value(Entry.ANSWER).equals(Entry.UNKNOWN_ANSWER);
    copy.put(unknown ? about + UNKNOWN : about, entry.value(Entry.REASON));
    return copy;
  }

  /** The steps that are over. */
  public Set<String> over() {
    Set<String> over = new HashSet<>();
    steps.keySet().stream().filter(this::finished).forEach(over::add);
    return over;
  }
}
