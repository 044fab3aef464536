package dev.lockkeeper.check.upgrade;

import dev.lockkeeper.analysis.MigrationState;
import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.check.deployment.RolledOut;
import dev.lockkeeper.check.migration.MigrationCommitted;
import dev.lockkeeper.check.migration.TargetIsServed;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.SchemaCertainty;
import dev.lockkeeper.coder.SchemaNumber;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/**
 * The upgrade was begun by somebody else: the Deployment names the target, and its migration is
 * under way or committed. A run that comes into the middle has nothing to stop or start any more.
 */
public record TargetIsUnderWay() implements Check {
  @Override
  public String word() {
    return "target-is-under-way";
  }

  @Override
  public String question() {
    return "the migration of the target is in progress or committed already";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<CoderVersion> target = snapshot.run().target().flatMap(CoderVersion::parse);
    MigrationState state = MigrationState.of(snapshot);
    if (target.isEmpty() || snapshot.freshCluster().isEmpty() || unknown(state)) {
      return Verdict.unknown("the target, the deployment or the migration is not known");
    }
    Optional<CoderVersion> named = UpgradePath.named(snapshot);
    if (!named.equals(target)) {
      return Verdict.fail(
          "the deployment names %s, and not %s"
              .formatted(named.map(Object::toString).orElse("no version"), target.get()));
    }
    String told = "the deployment names %s; %s".formatted(target.get(), state.headline());
    boolean begun =
        state.underWay()
            || committed(snapshot, knowledge, target.get()) && somethingIsLeft(snapshot, knowledge);
    return Verdict.of(begun, told);
  }

  /** A target that wholly serves, and of whose migration nothing was seen, is simply installed. */
  private static boolean somethingIsLeft(Snapshot snapshot, Knowledge knowledge) {
    return snapshot.run().recalled(RunFacts.MIGRATION_SEEN).isPresent()
        || !new TargetIsServed().evaluate(snapshot, knowledge).passed()
        || !new RolledOut().evaluate(snapshot, knowledge).passed();
  }

  private static boolean unknown(MigrationState state) {
    return state.kind() == MigrationState.Kind.UNKNOWN;
  }

  /** A number that is only a lower bound tells nothing of what the target still has to migrate. */
  private static boolean committed(Snapshot snapshot, Knowledge knowledge, CoderVersion target) {
    Optional<SchemaNumber> wanted = knowledge.schemaOf(target);
    return wanted.filter(number -> number.certainty() != SchemaCertainty.AT_LEAST).isPresent()
        && new MigrationCommitted().evaluate(snapshot, knowledge).passed();
  }
}
