package dev.lockkeeper.wizard;

import static dev.lockkeeper.wizard.PanelKey.Focus.LOG;
import static dev.lockkeeper.wizard.PanelKey.Focus.ROWS;
import static dev.lockkeeper.wizard.PanelKey.Focus.TEXT;

import dev.lockkeeper.wizard.PanelKey.Focus;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys of a panel that is open: they belong to it and not to the step behind it. */
public final class PanelKeys {
  private static final List<PanelKey> KEYS =
      List.of(
          key(
              "enter",
              PanelIntent.OPEN,
              "open",
              "Open what is behind the chosen row: the log of a pod, all of a session, an event or"
                  + " a finding. Nothing is changed by it.",
              Set.of(ROWS),
              Key.of(Key.Name.ENTER)),
          key(
              "d",
              PanelIntent.DESCRIBE,
              "describe",
              "The pod, ReplicaSet or Deployment as the API has it now, without secrets.",
              Set.of(ROWS),
              Key.of('d')),
          everywhere(
              "j ↓",
              PanelIntent.DOWN,
              "down",
              "The next row, or a line further down.",
              Key.of('j'),
              Key.of(Key.Name.DOWN)),
          everywhere(
              "k ↑",
              PanelIntent.UP,
              "up",
              "The row before, or a line further up.",
              Key.of('k'),
              Key.of(Key.Name.UP)),
          everywhere(
              "pgdn space",
              PanelIntent.PAGE_DOWN,
              "page down",
              "A page further down.",
              Key.of(Key.Name.PAGE_DOWN),
              Key.of(' ')),
          everywhere(
              "pgup",
              PanelIntent.PAGE_UP,
              "page up",
              "A page further up.",
              Key.of(Key.Name.PAGE_UP)),
          everywhere(
              "g home",
              PanelIntent.FIRST,
              "first",
              "The first row or line.",
              Key.of('g'),
              Key.of(Key.Name.HOME)),
          everywhere(
              "G end",
              PanelIntent.LAST,
              "last",
              "The last row or line; a log is followed from there.",
              Key.of('G'),
              Key.of(Key.Name.END)),
          everywhere(
              "←", PanelIntent.LEFT, "left", "What is cut on the left.", Key.of(Key.Name.LEFT)),
          everywhere(
              "→", PanelIntent.RIGHT, "right", "What is cut on the right.", Key.of(Key.Name.RIGHT)),
          everywhere(
              "/",
              PanelIntent.SEARCH,
              "search",
              "Search: type, enter goes to the next match, esc ends it.",
              Key.of('/')),
          everywhere("n", PanelIntent.NEXT_MATCH, "next match", "The next match.", Key.of('n')),
          everywhere(
              "N", PanelIntent.PREVIOUS_MATCH, "match before", "The match before.", Key.of('N')),
          everywhere(
              "z",
              PanelIntent.ZOOM,
              "zoom",
              "The panel on the whole screen, without borders at its sides; the same key goes"
                  + " back.",
              Key.of('z')),
          key(
              "c",
              PanelIntent.CONTAINER,
              "container",
              "The log of the pod's next container, init containers too.",
              Set.of(LOG),
              Key.of('c')),
          key(
              "o",
              PanelIntent.OLDER,
              "run before",
              "The log of the container's run before this one, or of the present one again.",
              Set.of(LOG),
              Key.of('o')),
          key(
              "r",
              PanelIntent.AGAIN,
              "read again",
              "Read it again.",
              Set.of(TEXT, LOG),
              Key.of('r')),
          everywhere(
              "y",
              PanelIntent.COPY,
              "copy",
              "Copy what is chosen to the terminal's clipboard: a name, a query, a text.",
              Key.of('y')),
          everywhere(
              "Y",
              PanelIntent.KEEP,
              "to a file",
              "Write the same to a file in the run's folder.",
              Key.of('Y')),
          everywhere(
              "esc",
              PanelIntent.BACK,
              "close",
              "End the search, else close what was opened last.",
              Key.of(Key.Name.ESCAPE)));

  private PanelKeys() {}

  /** All of them, in the order in which they are shown. */
  public static List<PanelKey> all() {
    return KEYS;
  }

  static Optional<PanelIntent> intent(Key key, Focus focus) {
    return KEYS.stream()
        .filter(each -> each.keys().contains(key) && each.focuses().contains(focus))
        .map(PanelKey::intent)
        .findFirst();
  }

  /** The line of what this asks for. */
  static PanelKey of(PanelIntent intent) {
    return KEYS.stream().filter(each -> each.intent() == intent).findFirst().orElseThrow();
  }

  private static PanelKey everywhere(
      String label, PanelIntent intent, String brief, String description, Key... keys) {
    return key(label, intent, brief, description, Set.of(Focus.values()), keys);
  }

  private static PanelKey key(
      String label,
      PanelIntent intent,
      String brief,
      String description,
      Set<Focus> focuses,
      Key... keys) {
    return new PanelKey(List.of(keys), label, intent, brief, description, focuses);
  }
}
