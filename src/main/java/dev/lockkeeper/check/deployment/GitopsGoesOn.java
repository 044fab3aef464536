package dev.lockkeeper.check.deployment;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** What keeps the deployment at its repository and was held by this run is set as before (C10). */
public record GitopsGoesOn() implements Check {
  private static final Released RELEASED = new Released(true);

  @Override
  public String word() {
    return "gitops-goes-on";
  }

  @Override
  public String question() {
    return "GitOps syncs as before";
  }

  @Override
  public Optional<String> repays() {
    return Optional.of(RELEASED.repays());
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    return RELEASED.evaluate(snapshot);
  }
}
