package dev.lockkeeper.check;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** The database takes new sessions (C32). */
public record FenceIsDown() implements Check {
  @Override
  public String question() {
    return "the door is open: clients can connect";
  }

  @Override
  public Optional<String> repays() {
    return Optional.of(RunFacts.CONNECTION_LIMIT);
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    return Door.answer(snapshot, false);
  }
}
