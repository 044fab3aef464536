package dev.lockkeeper.action;

/** How much an act can hurt; it decides how the confirmation looks. */
public enum Risk {
  /** It can be repeated and taken back without anybody noticing. */
  SAFE,
  /** Somebody notices, and it can be taken back. */
  DISRUPTIVE,
  /** It cannot be taken back: the operator types a value that is on the screen. */
  IRREVERSIBLE;

  /** The grade above, for an act of which something is in doubt. */
  public Risk harder() {
    return switch (this) {
      case SAFE -> DISRUPTIVE;
      case DISRUPTIVE, IRREVERSIBLE -> IRREVERSIBLE;
    };
  }
}
