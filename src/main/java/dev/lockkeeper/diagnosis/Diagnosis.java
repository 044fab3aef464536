package dev.lockkeeper.diagnosis;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a snapshot means. Nobody is accused on facts that are missing, hidden or old: a rule that
 * does not know says nothing.
 */
public final class Diagnosis {
  private static final List<Function<RuleInput, List<Finding>>> RULES =
      List.of(
          CoderV1::find,
          WhoseDatabase::find,
          MissingMigrations::find,
          ProbeKills::find,
          OrphanBackend::find,
          Blockage::find,
          FailedMigration::find,
          OlderImage::find,
          DirtySchema::find,
          OutOfMemory::find,
          PodsNotMade::find,
          NotScheduled::find,
          NotConfigured::find,
          ImagePull::find,
          Unreachable::find,
          Paused::find,
          FailedBefore::find,
          StaysTerminating::find,
          Evicted::find,
          StandsStill::find,
          NobodyMigrates::find,
          MigratorEnds::find,
          AtWork::find,
          ScaledBack::find,
          MixedVersions::find,
          UnpinnedImage::find,
          KnownTrouble::find,
          QueuedMigrator::find,
          InvalidIndexes::find,
          Blindness::find,
          ClockSkew::find);

  private Diagnosis() {}

  /** Everything that is found, most urgent first; worked out once for each snapshot. */
  public static List<Finding> of(Snapshot snapshot, Knowledge knowledge) {
    Found found =
        snapshot.concluded(Found.class, () -> new Found(knowledge, find(snapshot, knowledge)));
    return found.by == knowledge ? found.findings : find(snapshot, knowledge);
  }

  /** What was found, and by what knowledge of Coder. */
  private record Found(Knowledge by, List<Finding> findings) {}

  private static List<Finding> find(Snapshot snapshot, Knowledge knowledge) {
    RuleInput sight = RuleInput.of(snapshot, knowledge);
    List<Finding> found = RULES.stream().flatMap(rule -> rule.apply(sight).stream()).toList();
    return Stream.concat(found.stream(), LastResort.find(sight, found).stream())
        .map(InTurn.of(sight, found))
        .sorted(Comparator.comparing(Finding::urgency).thenComparing(Finding::kind))
        .toList();
  }
}
