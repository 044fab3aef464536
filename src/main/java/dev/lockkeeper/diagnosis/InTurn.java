package dev.lockkeeper.diagnosis;

import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.diagnosis.Finding.Urgency;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One advice in a moment: what helps against an attempt that has failed would mostly end the one
 * that lives, so it waits for how that ends, wherever another finding says what to do about it.
 */
final class InTurn {
  /** They tell of an attempt that is over, or of what is to be done before one. */
  private static final Set<Kind> BEFORE =
      EnumSet.of(
          Kind.PROBE_KILLS_MIGRATOR,
          Kind.MIGRATION_FAILED,
          Kind.SETTING_ENDS_MIGRATION,
          Kind.MIGRATION_LACKS_ROOM,
          Kind.MIGRATION_LACKS_RIGHTS,
          Kind.READ_ONLY_DATABASE,
          Kind.MIGRATION_INTERRUPTED,
          Kind.IMAGE_OLDER_THAN_SCHEMA,
          Kind.OUT_OF_MEMORY,
          Kind.KNOWN_TROUBLE);

  /** They tell what to do about the one that lives. */
  private static final Set<Kind> NOW =
      EnumSet.of(
          Kind.OLD_REPLICA_BLOCKS,
          Kind.OTHER_SESSION_BLOCKS,
          Kind.PREPARED_TRANSACTION_BLOCKS,
          Kind.MIGRATOR_WILL_END,
          Kind.MIGRATOR_HELD_UP,
          Kind.LONG_MIGRATION,
          Kind.SILENT_MIGRATOR,
          Kind.MIGRATOR_UNSEEN,
          Kind.MIGRATION_WORKS);

  private InTurn() {}

  /** What becomes of each finding among these. */
  static UnaryOperator<Finding> of(RuleInput sight, List<Finding> found) {
    boolean lives =
        sight.migration().attempted() && found.stream().anyMatch(each -> NOW.contains(each.kind()));
    return each -> lives && BEFORE.contains(each.kind()) ? afterwards(each) : each;
  }

  private static Finding afterwards(Finding it) {
    boolean waits = it.kind() == Kind.PROBE_KILLS_MIGRATOR && it.advice() instanceof Advice.FindOut;
    return new Finding(
        it.kind(),
        it.urgency() == Urgency.ACT ? Urgency.BEWARE : it.urgency(),
        it.certainty(),
        it.headline(),
        it.evidence(),
        it.alike(),
        waits
            ? it.advice()
            : Advice.findOut(
                "If the attempt that is in progress fails: " + it.advice().text(),
                it.advice().answeredBy()),
        it.notThis());
  }
}
