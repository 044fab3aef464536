package dev.lockkeeper.action;

import java.util.Map;

/**
 * The exact thing that will be asked: targets with their identity, the old value and the new one.
 * Two requests are the same act exactly when they are equal.
 */
public sealed interface Request permits ScaleRequest, ImageRequest {
  /** What it does, as a person would say it in one line. */
  String summary();

  /** What a button that does it is called. */
  String verb();

  /** The equivalent command, complete, so that a person can do the same by hand. */
  String command();

  /** The command that puts the old value back. */
  String undo();

  /** Its targets and values by name, as they are written to the journal. */
  Map<String, String> identity();

  /** Asks the port that can do it. Called at most once for each confirmation. */
  Outcome perform(Operations operations);
}
