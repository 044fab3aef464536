package dev.lockkeeper.journal;

/**
 * Something that this run changed and that must be put back before the run is over.
 *
 * @param word what is owed, such as {@code replicas}
 * @param text it in a few words, such as {@code replicas 3: restore}
 * @param command the command that repays it, so that a person can do it by hand
 * @param from the value that has to come back, as it was before this run
 */
public record Debt(String word, String text, String command, String from) {
  /**
   * The word of the debt, and of the answer that repays it, after an image was changed without
   * Helm.
   */
  public static final String HELM_VALUES = "helm-values";

  /** The word of the debt, and of the answer that repays it, after a memory limit was raised. */
  public static final String HELM_MEMORY = "helm-memory";

  /** The word of the debt after the liveness probe was taken out or softened. */
  public static final String LIVENESS_PROBE = "liveness-probe";

  /** The word of the debt after clients were kept out of the database. */
  public static final String CONNECTION_LIMIT = "connection-limit";

  private static final String WAIVED = "debt ";

  /** What a waiver of this debt is about; no question of a check begins like this. */
  String waiver() {
    return WAIVED + word;
  }
}
