package dev.lockkeeper.practice.story;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Something that happens once its cue has come.
 *
 * @param when its cue; the start when it is left out
 * @param after how many seconds of life later
 * @param again whether it happens each time that the cue comes
 * @param deed what happens
 */
public record ScheduledAction(
    @JsonProperty("when") Trigger when,
    @JsonProperty("after") double after,
    @JsonProperty("again") boolean again,
    @JsonProperty(value = "do", required = true) ScenarioAction deed) {

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

  public ScheduledAction {
    when = when == null ? Trigger.START : when;
  }
}
