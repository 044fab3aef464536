package dev.lockkeeper.check.migration;

import dev.lockkeeper.analysis.MigrationState;
import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.SchemaCertainty;
import dev.lockkeeper.coder.SchemaNumber;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** The migrations of the Deployment's image are committed, and nobody migrates. */
public record MigrationSettled() implements Check {
  @Override
  public String word() {
    return "migration-settled";
  }

  @Override
  public String question() {
    return "the migrations of the deployment's image are committed";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    MigrationState state = MigrationState.of(snapshot);
    Optional<CoderVersion> version =
        snapshot
            .freshCluster()
            .flatMap(Cluster::deployment)
            .flatMap(seen -> CoderVersion.ofImage(seen.image()));
    Optional<SchemaNumber> wanted = version.flatMap(knowledge::schemaOf);
    if (wanted.isEmpty() || state.kind() == MigrationState.Kind.UNKNOWN) {
      return Verdict.unknown(state.headline());
    }
    boolean bound = wanted.get().certainty() == SchemaCertainty.AT_LEAST;
    if (bound && !new ImageIsServed().evaluate(snapshot, knowledge).passed()) {
      return Verdict.unknown(
          "%s; %s takes it to %s, and the exact number is not known"
              .formatted(state.headline(), version.get(), wanted.get()));
    }
    return Verdict.of(
        over(state) && UpgradePath.schemaNow(snapshot).filter(wanted.get()::admits).isPresent(),
        "%s; %s takes it to %s".formatted(state.headline(), version.get(), wanted.get()));
  }

  private static boolean over(MigrationState state) {
    return switch (state.kind()) {
      case IDLE, COMMITTED, ROLLED_BACK -> true;
      case IN_FLIGHT, BLOCKED, WAITING, DIRTY, EMPTY, WRONG_DATABASE, UNKNOWN -> false;
    };
  }
}
