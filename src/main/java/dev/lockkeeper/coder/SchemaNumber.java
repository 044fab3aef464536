package dev.lockkeeper.coder;

/**
 * The schema number of a version, which may be one that the table does not list.
 *
 * @param number the number of the version's last migration, or a lower bound of it
 * @param certainty whether it was read, inferred or is a bound
 */
public record SchemaNumber(long number, SchemaCertainty certainty) {
  /**
   * Coder numbers its migrations one by one and is at some hundreds. Programs that number theirs by
   * the date have fourteen digits.
   */
  private static final long HIGHEST = 100_000;

  /** Whether this can be a schema number of Coder's at all, known or not. */
  public static boolean plausible(long schema) {
    return schema < HIGHEST;
  }

  public boolean exact() {
    return certainty == SchemaCertainty.EXACT;
  }

  /** Whether a database at {@code schema} can be one that this version has migrated. */
  public boolean admits(long schema) {
    return switch (certainty) {
      case EXACT, INFERRED -> schema == number;
      case AT_LEAST -> schema >= number;
    };
  }

  /** As it is shown: {@code 401}, {@code 401 (inferred)}, {@code at least 579}. */
  @Override
  public String toString() {
    return switch (certainty) {
      case EXACT -> Long.toString(number);
      case INFERRED -> number + " (inferred)";
      case AT_LEAST -> "at least " + number;
    };
  }
}
