package dev.lockkeeper.check.migration;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;

/** The schema is not marked dirty (C35). */
public record SchemaIsNotDirty() implements Check {
  @Override
  public String word() {
    return "schema-is-not-dirty";
  }

  @Override
  public String question() {
    return "the schema is not marked dirty";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    return DirtyFlag.answer(snapshot, false);
  }
}
