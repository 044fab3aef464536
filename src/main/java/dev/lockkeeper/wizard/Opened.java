package dev.lockkeeper.wizard;

import dev.lockkeeper.runbook.PanelId;
import dev.lockkeeper.snapshot.Inspected;
import dev.lockkeeper.snapshot.Inspection;
import java.util.List;
import java.util.Optional;

/**
 * A panel that is open in full, and how far it was looked into.
 *
 * @param panel which
 * @param zoomed whether it has the whole width and height
 * @param chosen which row is chosen
 * @param search what is searched for
 * @param aside how many columns are out of sight on the left
 * @param sheet what is behind the chosen row, if that is open
 * @param word what is to be said about the last key; empty if nothing is
 */
public record Opened(
    PanelId panel,
    boolean zoomed,
    Chosen chosen,
    Search search,
    int aside,
    Optional<Sheet> sheet,
    String word) {
  /**
   * The row that is chosen.
   *
   * @param id its identity; empty for whatever stands first
   * @param place where it stood when it was chosen: who is gone is followed by who stands there
   */
  public record Chosen(String id, int place) {
    static final Chosen FIRST = new Chosen("", 0);

    /** Where it stands among these rows now; 0 when there are none. */
    public int among(List<PanelRow> rows) {
      for (int i = 0; i < rows.size(); i++) {
        if (rows.get(i).id().equals(id)) {
          return i;
        }
      }
      return Math.max(0, Math.min(place, rows.size() - 1));
    }
  }

  /** A panel that was just opened. */
  static Opened of(PanelId panel) {
    return new Opened(panel, false, Chosen.FIRST, Search.NONE, 0, Optional.empty(), "");
  }

  /** What has to be read of the cluster for what is open. */
  public Optional<Inspection> inspected() {
    return sheet.flatMap(Sheet::asked);
  }

  /** Another panel in the same place. */
  Opened showing(PanelId other) {
    return new Opened(other, zoomed, Chosen.FIRST, Search.NONE, 0, Optional.empty(), "");
  }

  Opened zooming() {
    return new Opened(panel, !zoomed, chosen, search, aside, sheet, "");
  }

  Opened choosing(PanelRow row, int place) {
    return new Opened(panel, zoomed, new Chosen(row.id(), place), search, aside, sheet, "");
  }

  Opened searching(Search wanted) {
    return new Opened(panel, zoomed, chosen, wanted, aside, sheet, "");
  }

  Opened moved(int columns) {
    return new Opened(panel, zoomed, chosen, search, Math.max(0, aside + columns), sheet, "");
  }

  /** Scrolled so far, where there are no rows. */
  Opened at(int line) {
    return new Opened(panel, zoomed, new Chosen("", line), search, aside, sheet, "");
  }

  /** The same text, further down or read anew. */
  Opened showing(Sheet changed) {
    return new Opened(panel, zoomed, chosen, search, aside, Optional.of(changed), "");
  }

  /** After this was read of the cluster. */
  Opened answered(Inspected read) {
    return new Opened(
        panel, zoomed, chosen, search, aside, sheet.map(each -> each.answered(read)), word);
  }

  /** With this behind the chosen row; what was searched for in the rows is not in it. */
  Opened behind(Optional<Sheet> opened) {
    Search kept = opened.isPresent() == sheet.isPresent() ? search : Search.NONE;
    int columns = opened.isPresent() == sheet.isPresent() ? aside : 0;
    return new Opened(panel, zoomed, chosen, kept, columns, opened, "");
  }

  Opened saying(String text) {
    return new Opened(panel, zoomed, chosen, search, aside, sheet, text);
  }
}
