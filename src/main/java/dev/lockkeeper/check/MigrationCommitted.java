package dev.lockkeeper.check;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.SchemaNumber;
import dev.lockkeeper.diagnosis.MigrationState;
import dev.lockkeeper.diagnosis.UpgradePath;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** The schema number is the target's, not dirty, and nobody migrates (C14, C15). */
public record MigrationCommitted() implements Check {
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
    boolean settled =
        state.kind() == MigrationState.Kind.COMMITTED || state.kind() == MigrationState.Kind.IDLE;
    return Verdict.of(
        settled && schema.filter(wanted.get()::admits).isPresent(),
        "%s; wanted %s".formatted(state.headline(), wanted.get()));
  }
}
