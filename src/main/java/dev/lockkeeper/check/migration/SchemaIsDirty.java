package dev.lockkeeper.check.migration;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;

/** The schema is marked dirty (C35). */
public record SchemaIsDirty() implements Check {
  @Override
  public String word() {
    return "schema-is-dirty";
  }

  @Override
  public String question() {
    return "the schema is marked dirty";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    return DirtyFlag.answer(snapshot, true);
  }
}
