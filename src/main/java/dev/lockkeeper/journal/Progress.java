package dev.lockkeeper.journal;

import dev.lockkeeper.snapshot.RunFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a run stands: a fold over its journal.
 *
 * @param startedAt when the run began
 * @param facts what was said, chosen and remembered
 * @param steps how the steps stand that were begun or ended
 * @param waivers the questions that were waived, as {@code step + newline + question}, with the
 *     reason
 * @param debts what is owed
 * @param before what was owed before the open intention: a refusal goes back to it
 * @param open the intention that has no outcome yet, if there is one: nobody knows whether it was
 *     done
 * @param last the last entry
 * @param ended whether all steps were over and none was opened again
 */
public record Progress(
    Optional<Instant> startedAt,
    RunFacts facts,
    Map<String, StepStatus> steps,
    Map<String, String> waivers,
    List<Debt> debts,
    List<Debt> before,
    Optional<Entry> open,
    Optional<Entry> last,
    boolean ended) {
  /**
   * The word of the debt, and of the answer that repays it, after an image was changed without
   * Helm.
   */
  public static final String HELM_VALUES = "helm-values";

  public Progress {
    steps = Map.copyOf(steps);
    waivers = Map.copyOf(waivers);
    debts = List.copyOf(debts);
    before = List.copyOf(before);
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
        List.of(),
        List.of(),
        Optional.empty(),
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

  public StepStatus status(String step) {
    return steps.getOrDefault(step, StepStatus.OPEN);
  }

  public boolean finished(String step) {
    StepStatus status = status(step);
    return status == StepStatus.DONE || status == StepStatus.SKIPPED;
  }

  /** The reason with which this question was waived at this step. */
  public Optional<String> waiver(String step, String question) {
    return Optional.ofNullable(waivers.get(step + "\n" + question));
  }

  /** The run with one more entry. */
  public Progress with(Entry entry) {
    return new Progress(
        entry.kind() == Entry.Kind.STARTED ? Optional.of(entry.at()) : startedAt,
        facts(entry),
        steps(entry),
        waivers(entry),
        debts(entry),
        entry.kind() == Entry.Kind.INTENDED ? debts : before,
        open(entry),
        Optional.of(entry),
        entry.kind() == Entry.Kind.FINISHED || ended && entry.kind() != Entry.Kind.REOPENED);
  }

  private RunFacts facts(Entry entry) {
    String word = entry.value(Entry.WORD);
    String value = entry.value(Entry.VALUE);
    return switch (entry.kind()) {
      case STARTED ->
          RunFacts.starting(entry.at(), Optional.ofNullable(entry.data().get(RunFacts.TARGET)));
      case REMEMBERED -> facts.remembering(word, value);
      case ATTESTED -> facts.saying(word, value, entry.at());
      case CHOSEN -> facts.choosing(word, value);
      case REOPENED -> facts.forgetting(Set.of(word.split(" ")));
      case WAIVED, INTENDED, DONE, REFUSED, UNKNOWN, COMPLETED, SKIPPED, LEFT, RESUMED, FINISHED ->
          facts;
    };
  }

  private Map<String, StepStatus> steps(Entry entry) {
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

  private Map<String, String> waivers(Entry entry) {
    if (entry.kind() != Entry.Kind.WAIVED) {
      return waivers;
    }
    Map<String, String> copy = new HashMap<>(waivers);
    copy.put(entry.step() + "\n" + entry.value(Entry.WORD), entry.value(Entry.REASON));
    return copy;
  }

  private Optional<Entry> open(Entry entry) {
    return switch (entry.kind()) {
      case INTENDED, UNKNOWN -> Optional.of(entry);
      case DONE, REFUSED -> Optional.empty();
      case COMPLETED, SKIPPED -> open.filter(before -> !before.step().equals(entry.step()));
      case STARTED, REMEMBERED, ATTESTED, CHOSEN, WAIVED, REOPENED, LEFT, RESUMED, FINISHED -> open;
    };
  }

  /**
   * A scale-down owes the replica count that was there before this run. It is repaid by scaling
   * back to it, or by seeing it back; a step that is left out repays nothing. As long as the
   * outcome of an act is not known, what it would owe is owed and what it would repay is not
   * repaid: a debt too many does no harm.
   */
  private List<Debt> debts(Entry entry) {
    return switch (entry.kind()) {
      case INTENDED, DONE -> acted(entry);
      case ATTESTED -> without(entry.value(Entry.WORD));
      case REFUSED -> before;
      case COMPLETED -> without(entry.value(Entry.REPAID));
      case STARTED,
          REMEMBERED,
          CHOSEN,
          WAIVED,
          UNKNOWN,
          SKIPPED,
          REOPENED,
          LEFT,
          RESUMED,
          FINISHED ->
          debts;
    };
  }

  private List<Debt> acted(Entry entry) {
    return switch (entry.value("request")) {
      case "scale" -> scaled(entry);
      case "image" -> imaged(entry);
      default -> debts;
    };
  }

  private List<Debt> scaled(Entry entry) {
    int wanted = facts.replicas().orElse(Integer.parseInt(entry.value("from")));
    if (Integer.parseInt(entry.value("to")) >= wanted) {
      return entry.kind() == Entry.Kind.DONE ? without(RunFacts.REPLICAS) : debts;
    }
    List<Debt> owed = without(RunFacts.REPLICAS);
    owed.add(
        new Debt(
            RunFacts.REPLICAS,
            "bring back %d replicas".formatted(wanted),
            "kubectl scale deployment/%s -n %s --replicas=%d"
                .formatted(entry.value("deployment"), entry.value("namespace"), wanted)));
    return owed;
  }

  /**
   * An image that was not changed by Helm is owed to Helm: the next upgrade with the old values
   * would put the old image before the new schema. Only a person can say that it was repaid.
   */
  private List<Debt> imaged(Entry entry) {
    List<Debt> owed = without(HELM_VALUES);
    owed.add(
        new Debt(
            HELM_VALUES,
            "tell Helm: its values still have the old version",
            "helm upgrade ... with the chart and image of "
                + entry.value("to").replaceFirst(".*:", "")));
    return owed;
  }

  private List<Debt> without(String word) {
    List<Debt> left = new ArrayList<>(debts);
    left.removeIf(debt -> debt.word().equals(word));
    return left;
  }

  /** The steps that are over. */
  public Set<String> over() {
    Set<String> over = new HashSet<>();
    steps.keySet().stream().filter(this::finished).forEach(over::add);
    return over;
  }
}
