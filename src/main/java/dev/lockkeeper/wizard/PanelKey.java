package dev.lockkeeper.wizard;

import java.util.List;
import java.util.Set;

/**
 * A line of the table of keys in open panels, from which dispatch, footer, help and docs/KEYS.md
 * are all made.
 *
 * @param keys the keys, any of which will do
 * @param label the keys as they are shown
 * @param intent what they ask for
 * @param brief one or two words, for the footer
 * @param description a sentence, for the help
 * @param focuses where they work
 */
public record PanelKey(
    List<Key> keys,
    String label,
    PanelIntent intent,
    String brief,
    String description,
    Set<Focus> focuses) {
  public PanelKey {
    keys = List.copyOf(keys);
    focuses = Set.copyOf(focuses);
  }

  /** What keys are meant for in an open panel. */
  public enum Focus {
    /** Its rows. */
    ROWS,
    /** The text behind a row. */
    TEXT,
    /** The log of a container behind a row. */
    LOG;

    static Focus of(Opened opened) {
      return opened.sheet().map(sheet -> sheet.isLog() ? LOG : TEXT).orElse(ROWS);
    }
  }
}
