package dev.lockkeeper.view;

/**
 * What a piece of text means. A theme turns it into colours; meaning never hangs on colour alone.
 */
public enum Style {
  TEXT,
  /** Of less weight: units, hints, what is long done. */
  DIM,
  STRONG,
  /** The name of a panel or a dialog. */
  TITLE,
  BORDER,
  GOOD,
  WARN,
  BAD,
  /** Could not be found out, or is no longer live. */
  UNKNOWN,
  /** Selected, or where we are. */
  ACCENT,
  /** A place that has what is searched for. */
  FOUND,
  /** A key to press. */
  KEY,
  BANNER,
  /** The identity bar of the practice world. */
  BANNER_PRACTICE,
  /** The identity bar of a production context. */
  BANNER_PRODUCTION,
  /** A dialog about an act that cannot be undone. */
  DANGER,
  /** A command that a person could type. */
  COMMAND,
  /** What was typed into a field. */
  INPUT,
  /** The place in a field where the next character goes. */
  CARET
}
