package dev.lockkeeper.wizard;

import java.util.List;

/**
 * A line of the key table, from which dispatch, footer, help and docs/KEYS.md are all made.
 *
 * @param keys the keys, any of which will do
 * @param label the keys as they are shown
 * @param intent what they ask for
 * @param brief one or two words, for the footer
 * @param description a sentence, for the help
 */
public record Binding(
    List<Key> keys, String label, Intent intent, String brief, String description) {
  public Binding {
    keys = List.copyOf(keys);
  }
}
