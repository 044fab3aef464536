package dev.lockkeeper.diagnosis;

/** How surely something follows from what was seen. Not to have seen something proves nothing. */
public enum Certainty {
  /** What was seen leaves no other explanation. */
  PROVEN("proven"),
  /** What was seen speaks for it, and something else could look the same. */
  LIKELY("likely"),
  /** What would tell was not seen. */
  UNKNOWN("unknown");

  private final String word;

  Certainty(String word) {
    this.word = word;
  }

  /** As the screen says it. */
  public String word() {
    return word;
  }
}
