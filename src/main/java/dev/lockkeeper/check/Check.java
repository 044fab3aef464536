package dev.lockkeeper.check;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/** A question that a runbook may ask; {@link Checks} has all of them. */
public interface Check {
  /**
   * The word by which runbooks ask it, reports name it and journals waive it. It never changes, so
   * that what was waived in an older journal stays waived.
   */
  String word();

  /** What is asked, as the thing that should hold: "no migration is in progress". */
  String question();

  /** The answer now, with its evidence. Never throws; what cannot be known is UNKNOWN. */
  Verdict evaluate(Snapshot snapshot, Knowledge knowledge);

  /**
   * The words of the answers without which it is UNKNOWN for ever: a runbook asks for them before,
   * or in the same step.
   */
  default List<String> needs() {
    return List.of();
  }

  /**
   * The word of the debt, or of debts that begin with it and a colon, a blank between, that is
   * repaid by seeing that it holds, whoever did it.
   */
  default Optional<String> repays() {
    return Optional.empty();
  }
}
