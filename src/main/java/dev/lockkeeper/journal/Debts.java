package dev.lockkeeper.journal;

import dev.lockkeeper.action.ProbeRequest;
import dev.lockkeeper.action.RequestKind;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.ScalerObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is owed: a fold over the journal. An act that takes something away owes it from the moment
 * in which it is intended; it is repaid by the opposite act, once that is done, by seeing it back,
 * or by a waiver. As long as the outcome of an act is not known, what it would owe is owed and what
 * it would repay is not repaid: a debt too many does no harm.
 *
 * @param owed the debts, oldest first
 * @param before what was owed before the open intention: a refusal goes back to it
 */
public record Debts(List<Debt> owed, List<Debt> before) {
  static final Debts NONE = new Debts(List.of(), List.of());

  public Debts {
    owed = List.copyOf(owed);
    before = List.copyOf(before);
  }

  /** What is owed after one more entry. */
  Debts after(Entry entry, RunFacts facts) {
    return switch (entry.kind()) {
      case INTENDED -> new Debts(acted(entry, facts), owed);
      case DONE -> new Debts(acted(entry, facts), before);
      case REFUSED -> new Debts(before, before);
      case ATTESTED -> repaid(entry.value(Entry.WORD));
      case COMPLETED -> repaid(entry.value(Entry.REPAID));
      case WAIVED -> waived(entry.value(Entry.WORD));
      case REMEMBERED -> remembered(entry, facts);
      case STARTED, CHOSEN, UNKNOWN, SKIPPED, REOPENED, LEFT, RESUMED, FINISHED -> this;
    };
  }

  /** An autoscaler that was paused by hand is owed as well: nobody else will think of it. */
  private Debts remembered(Entry entry, RunFacts facts) {
    return entry.value(Entry.WORD).equals(RunFacts.SCALERS_PAUSED)
        ? new Debts(with(scalers(entry, facts)), before)
        : this;
  }

  private static Debt scalers(Entry entry, RunFacts facts) {
    String paused = entry.value(Entry.VALUE);
    return new Debt(
        RunFacts.SCALERS,
        "let it be scaled again by " + paused,
        entry.pinned(facts).kubectl("apply", "-f", "...") + " with your own manifest of " + paused,
        paused);
  }

  /** An act that only a later version knows owes nothing here: its own version shows its debt. */
  private List<Debt> acted(Entry entry, RunFacts facts) {
    return entry.request().map(kind -> acted(kind, entry, facts)).orElse(owed);
  }

  private List<Debt> acted(RequestKind kind, Entry entry, RunFacts facts) {
    return switch (kind) {
      case SCALE -> scaled(entry, facts);
      case IMAGE -> imaged(entry);
      case LIVENESS_PROBE -> probed(entry, facts);
      case MEMORY_LIMIT -> raised(entry);
      case CONNECTION_LIMIT -> fenced(entry);
      case HELM_UPGRADE -> upgraded(entry, facts);
      case HPA_LIMITS, KEDA_PAUSE, ARGO_SYNC, FLUX_SUSPEND -> held(entry, facts);
      // The seat is left when the run is, and what is kept or claimed for Helm is meant to stay.
      case LEASE, ADOPT, HELM_VALUES, HELM_REPOSITORY, EVIDENCE -> owed;
      // Nothing of it can be put back.
      case CANCEL, TERMINATE, ROLLBACK_PREPARED, REPAIR -> owed;
      // A rollback brings Helm's own values; the next steps install what was uninstalled.
      case HELM_ROLLBACK, HELM_UNINSTALL, HELM_FORGET -> owed;
    };
  }

  private List<Debt> scaled(Entry entry, RunFacts facts) {
    int wanted = facts.replicas().orElse(Integer.parseInt(entry.value("from")));
    int to = Integer.parseInt(entry.value("to"));
    if (to >= wanted) {
      return to == wanted ? repaidBy(entry, RunFacts.REPLICAS) : owed;
    }
    return with(
        new Debt(
            RunFacts.REPLICAS,
            (wanted == 1 ? "bring back 1 replica" : "bring back %d replicas").formatted(wanted),
            entry
                .pinned(facts)
                .kubectl(
                    "scale", "deployment/" + entry.value("deployment"), "--replicas=" + wanted),
            Integer.toString(wanted)));
  }

  /**
   * An image that was not changed by Helm is owed to Helm: the next upgrade with the old values
   * would put the old image before the new schema. Only a person can say that it was repaid.
   */
  private List<Debt> imaged(Entry entry) {
    return with(
        new Debt(
            Debt.HELM_VALUES,
            "tell Helm: its values still have the old version",
            "helm upgrade ... with the chart and image of "
                + entry.value("to").replaceFirst(".*:", ""),
            entry.value("from")));
  }

  /** Helm knows nothing of a limit that was raised here, and puts the old one back. */
  private List<Debt> raised(Entry entry) {
    String original = debt(Debt.HELM_MEMORY).map(Debt::from).orElse(entry.value("from"));
    return with(
        new Debt(
            Debt.HELM_MEMORY,
            "tell Helm: its values still have the memory limit " + original,
            "helm upgrade ... --set coder.resources.limits.memory=" + entry.value("to"),
            original));
  }

  /**
   * A replica count that was put before the operator's own stays in Helm's values until they are
   * given back; a deployment that had more replicas before owes them like after any scaling.
   */
  private List<Debt> upgraded(Entry entry, RunFacts facts) {
    if (entry.value("replica-count").isEmpty()) {
      return owed;
    }
    Debts with = this;
    int to = Integer.parseInt(entry.value("to"));
    int before = facts.replicas().orElse(Integer.parseInt(entry.value("from")));
    if (to < before) {
      with = new Debts(scaled(entry, facts), this.before);
    }
    String own = entry.value("own-replicas");
    if (own.equals(entry.value("replica-count")) && entry.value("liveness-probe").isEmpty()) {
      return with.owed;
    }
    return with.with(
        new Debt(
            RunFacts.HELM_REPLICAS,
            "give Helm its own values back"
                + (own.isEmpty() ? "" : " (replicaCount %s)".formatted(own)),
            "helm upgrade %s ... -n %s with the values of %s"
                .formatted(
                    entry.value("release"),
                    entry.value("namespace"),
                    entry.value("values-revision").isEmpty()
                        ? entry.value("values-file")
                        : "revision " + entry.value("values-revision")),
            own));
  }

  /**
   * The probe is owed as it was before the run, whatever it was softened to in between. One that is
   * put where none was owes nothing.
   */
  private List<Debt> probed(Entry entry, RunFacts facts) {
    String seen = entry.value("from");
    String original =
        debt(Debt.LIVENESS_PROBE)
            .map(Debt::from)
            .or(facts::livenessProbe)
            .filter(probe -> !probe.isEmpty())
            .orElse(seen);
    if (original.isEmpty() || entry.value("to").equals(original)) {
      return repaidBy(entry, Debt.LIVENESS_PROBE);
    }
    ProbeRequest back =
        new ProbeRequest(
            entry.pinned(facts),
            entry.value("deployment"),
            entry.value("uid"),
            0,
            entry.value("container"),
            Optional.empty(),
            Optional.of(original));
    return with(
        new Debt(Debt.LIVENESS_PROBE, "put the liveness probe back", back.command(), original));
  }

  /** A scaler is owed as it was set before the run, whatever it was set to in between. */
  private List<Debt> held(Entry entry, RunFacts facts) {
    String word =
        ScalerObject.word(entry.value("type"), entry.value("namespace"), entry.value("name"));
    String original =
        debt(word).map(Debt::from).or(() -> facts.recalled(word)).orElse(entry.value("from"));
    if (entry.value("to").equals(original)) {
      return repaidBy(entry, word);
    }
    return with(
        new Debt(
            word,
            "resume %s %s/%s as before"
                .formatted(
                    ScalerObject.Type.spoken(entry.value("type")),
                    entry.value("namespace"),
                    entry.value("name")),
            debt(word).map(Debt::command).orElse(entry.value(Entry.UNDO)),
            original));
  }

  /** A door that was found closed and is opened owes nothing. */
  private List<Debt> fenced(Entry entry) {
    Optional<Debt> closed = debt(Debt.CONNECTION_LIMIT);
    String to = entry.value("to");
    if (Integer.parseInt(to) != 0) {
      return closed.filter(debt -> !debt.from().equals(to)).isPresent()
          ? owed
          : repaidBy(entry, Debt.CONNECTION_LIMIT);
    }
    return closed.isPresent()
        ? owed
        : with(
            new Debt(
                Debt.CONNECTION_LIMIT,
                "let clients connect to database %s again".formatted(entry.value("database")),
                entry.value(Entry.UNDO),
                entry.value("from")));
  }

  /** Only what is done repays. */
  private List<Debt> repaidBy(Entry entry, String word) {
    return entry.kind() == Entry.Kind.DONE ? without(owed, word) : owed;
  }

  Optional<Debt> debt(String word) {
    return owed.stream().filter(debt -> debt.word().equals(word)).findFirst();
  }

  private Debts repaid(String words) {
    Debts left = this;
    for (String word : words.split(" ")) {
      List<Debt> others =
          without(left.owed, word).stream()
              .filter(debt -> !debt.word().startsWith(word + ":"))
              .toList();
      left = new Debts(others, left.before);
    }
    return left;
  }

  /** Nobody has to put back what was waived, not even if an act about it turns out refused. */
  private Debts waived(String about) {
    return new Debts(
        owed.stream().filter(debt -> !debt.waiver().equals(about)).toList(),
        before.stream().filter(debt -> !debt.waiver().equals(about)).toList());
  }

  private List<Debt> with(Debt debt) {
    List<Debt> more = new ArrayList<>(without(owed, debt.word()));
    more.add(debt);
    return more;
  }

  private static List<Debt> without(List<Debt> debts, String word) {
    return debts.stream().filter(debt -> !debt.word().equals(word)).toList();
  }
}
