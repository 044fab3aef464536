package dev.lockkeeper.check.migration;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.diagnosis.Diagnosis;
import dev.lockkeeper.diagnosis.Finding;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is found is the image's trouble, so that another image alone cures it. */
public record AnotherImageHelps() implements Check {
  private static final Set<Finding.Kind> OF_THE_IMAGE =
      Set.of(
          Finding.Kind.IMAGE_OLDER_THAN_SCHEMA,
          Finding.Kind.IMAGE_PULL_FAILS,
          Finding.Kind.MIGRATION_FAILED);

  @Override
  public String word() {
    return "another-image-helps";
  }

  @Override
  public String question() {
    return "the image is the cause of what is found";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    return found(snapshot, knowledge, OF_THE_IMAGE, "no problem of the image is found");
  }

  /** Whether one of these is found. */
  static Verdict found(
      Snapshot snapshot, Knowledge knowledge, Set<Finding.Kind> kinds, String otherwise) {
    if (snapshot.freshCluster().isEmpty() || snapshot.freshDatabase().isEmpty()) {
      return Verdict.unknown("cluster or database cannot be read");
    }
    List<Finding> all = Diagnosis.of(snapshot, knowledge);
    Optional<Finding> found = all.stream().filter(each -> kinds.contains(each.kind())).findFirst();
    return found
        .map(each -> Verdict.pass(each.headline()))
        .orElseGet(() -> Verdict.fail(otherwise));
  }
}
