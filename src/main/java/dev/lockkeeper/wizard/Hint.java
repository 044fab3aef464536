package dev.lockkeeper.wizard;

/**
 * A key that matters now.
 *
 * @param label the key as it is shown
 * @param brief what it does here, in one to three words
 * @param obstacle why it would do nothing now; empty when it would do something
 */
public record Hint(String label, String brief, String obstacle) {
  static Hint live(String label, String brief) {
    return new Hint(label, brief, "");
  }

  public boolean available() {
    return obstacle.isEmpty();
  }
}
