package dev.lockkeeper.check.migration;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.diagnosis.Remembered;
import dev.lockkeeper.snapshot.PodMemory;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.util.Optional;

/** No pod of the image and setting that the next one has was seen to fail. */
public record NoFailureStands() implements Check {
  @Override
  public String word() {
    return "no-failure-stands";
  }

  @Override
  public String question() {
    return "no pod was seen to fail with this image and these settings";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    if (snapshot.freshCluster().flatMap(cluster -> cluster.deployment()).isEmpty()) {
      return Verdict.unknown("the deployment cannot be read");
    }
    Optional<PodMemory> kept = Remembered.standing(snapshot);
    return kept.map(
            each ->
                Verdict.fail(
                    "%s failed %s ago with this image: %s"
                        .formatted(
                            each.pod(),
                            Durations.of(Duration.between(each.at(), snapshot.now())),
                            Remembered.sentence(each))))
        .orElseGet(() -> Verdict.pass("none with this image and these settings"));
  }
}
