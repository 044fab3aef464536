package dev.lockkeeper.check;

import dev.lockkeeper.check.Verdict.Answer;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.story.Scenery;
import dev.lockkeeper.story.UpgradeWorld;
import java.time.Instant;
import java.util.List;

/** A check, when it is asked, what is seen then, its answer and a part of its evidence. */
record Row(Check check, String when, Scenery seen, Answer answer, String evidence) {
  static final Knowledge KNOWLEDGE = KnowledgeFile.load();
  static final Instant NOW = Scenery.NOW;

  static Row row(Check check, String when, Scenery seen, Answer answer, String evidence) {
    return new Row(check, when, seen, answer, evidence);
  }

  static Scenery running() {
    return Scenery.of(UpgradeWorld::running);
  }

  static Scenery upgraded() {
    return Scenery.of(now -> UpgradeWorld.upgraded(now, 3));
  }

  static Scenery drained() {
    return Scenery.of(UpgradeWorld::drained).chose("scale-to", "zero").quietFor(10);
  }

  static Scenery withBackends(Scenery scenery, Backend... some) {
    return scenery.database("backends", List.of(some));
  }

  static <T> Observed<T> lost(T value) {
    return Observed.known(value, NOW).lost("locked by a migration");
  }

  static <T> Observed<T> old(T value) {
    return Observed.known(value, NOW.minus(FreshFacts.LIMIT).minusSeconds(1));
  }

  static Scenery at(Scenery scenery, long number, boolean dirty) {
    return scenery.database("schema", SchemaTable.read("public", number, dirty));
  }
}
