package dev.lockkeeper.practice.story;

import dev.lockkeeper.parsing.YamlNode;
import java.util.Set;

/**
 * Something that happens once its cue has come.
 *
 * @param when its cue; the start when it is left out
 * @param after how many seconds of life later
 * @param again whether it happens each time that the cue comes
 * @param deed what happens
 */
public record ScheduledAction(Trigger when, double after, boolean again, ScenarioAction deed) {

  /** What a turn waits for. */
  public enum Trigger {
    /** The database is there, and no replica has started yet. */
    BEFORE,
    /** The world is made, and the operator is about to be let in. */
    START,
    /** The operator is in. */
    OPEN,
    /** A session has the migration lock and has begun to migrate. */
    MIGRATION,
    /** The same session waits for somebody. */
    BLOCKED;

    /** Whether a migrator gives the cue. */
    boolean migrators() {
      return this == MIGRATION || this == BLOCKED;
    }
  }

  /** What a scenario says of it. */
  public static ScheduledAction of(YamlNode node) {
    node.only(Set.of("when", "after", "again", "do"));
    return new ScheduledAction(
        node.optional("when").map(when -> when.word(Trigger.values())).orElse(Trigger.START),
        node.optional("after").map(YamlNode::decimal).orElse(0.0),
        node.optional("again").map(YamlNode::flag).orElse(false),
        ScenarioAction.of(node.at("do")));
  }
}
