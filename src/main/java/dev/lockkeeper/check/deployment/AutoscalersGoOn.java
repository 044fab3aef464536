package dev.lockkeeper.check.deployment;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** The autoscalers that this run held are set as before (C10, C16). */
public record AutoscalersGoOn() implements Check {
  private static final Released RELEASED = new Released(false);

  @Override
  public String word() {
    return "autoscalers-go-on";
  }

  @Override
  public String question() {
    return "the autoscalers scale as before";
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
