package dev.lockkeeper.check.migration;

import dev.lockkeeper.analysis.MigrationState;
import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.SchemaCertainty;
import dev.lockkeeper.coder.SchemaNumber;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** The schema number is the target's, not dirty, and nobody migrates (C14, C15). */
public record MigrationCommitted() implements Check {
  @Override
  public String word() {
    return "migration-committed";
  }

  @Override
  public String question() {
    return "the migration is committed at the target's schema number";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    MigrationState state = MigrationState.of(snapshot);
    Optional<SchemaNumber> wanted = UpgradePath.of(snapshot, knowledge).wanted();
    Optional<Long> schema = UpgradePath.schemaNow(snapshot);
    if (wanted.isEmpty() || state.kind() == MigrationState.Kind.UNKNOWN) {
      return Verdict.unknown(state.headline());
    }
    if (onlyPerhaps(state, wanted.get(), schema)
        && !new TargetIsServed().evaluate(snapshot, knowledge).passed()) {
      return Verdict.unknown(
          "%s; wanted %s, and the exact number is not known"
              .formatted(state.headline(), wanted.get()));
    }
    boolean settled =
        state.kind() == MigrationState.Kind.COMMITTED || state.kind() == MigrationState.Kind.IDLE;
    return Verdict.of(
        settled && schema.filter(wanted.get()::admits).isPresent(),
        "%s; wanted %s".formatted(state.headline(), wanted.get()));
  }

  /**
   * Of a release newer than those we know only a lower bound is known: it may not have migrated.
   */
  private static boolean onlyPerhaps(
      MigrationState state, SchemaNumber wanted, Optional<Long> schema) {
    return wanted.certainty() == SchemaCertainty.AT_LEAST
        && state.kind() == MigrationState.Kind.IDLE
        && schema.filter(number -> number == wanted.number()).isPresent();
  }
}
