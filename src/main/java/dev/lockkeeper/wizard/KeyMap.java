package dev.lockkeeper.wizard;

import java.util.List;
import java.util.Optional;

/** The keys of the main screen. */
public final class KeyMap {
  private static final List<Binding> BINDINGS =
      List.of(
          binding(
              "enter",
              Intent.RUN,
              "run step",
              "Do the step or go on; it never acts without another question.",
              Key.of(Key.Name.ENTER)),
          binding(
              "n ↓",
              Intent.NEXT_STEP,
              "next",
              "Look at the next step.",
              Key.of('n'),
              Key.of(Key.Name.DOWN)),
          binding(
              "b ↑",
              Intent.PREVIOUS_STEP,
              "back",
              "Look at the previous step.",
              Key.of('b'),
              Key.of(Key.Name.UP)),
          binding(
              "w",
              Intent.WAIVE,
              "waive",
              "Waive a check that did not pass; asks for a reason, for the journal.",
              Key.of('w')),
          binding(
              "x",
              Intent.SKIP,
              "leave out",
              "Leave the step out; asks for a reason, for the journal.",
              Key.of('x')),
          binding(
              "r",
              Intent.AGAIN,
              "again",
              "Answer or decide again, as long as nothing was done because of it, or when that has"
                  + " failed; or repeat a step that was left out, or whose act is no longer in"
                  + " effect.",
              Key.of('r')),
          binding(
              "p",
              Intent.PANEL_PODS,
              "pods",
              "Open the pods panel in full, or close it.",
              Key.of('p')),
          binding(
              "e",
              Intent.PANEL_EVENTS,
              "events",
              "Open the events panel in full, or close it.",
              Key.of('e')),
          binding(
              "l",
              Intent.PANEL_LOCKS,
              "locks",
              "Open the locks panel in full, or close it.",
              Key.of('l')),
          binding(
              "m",
              Intent.PANEL_MIGRATION,
              "migration",
              "Open the migration panel in full, or close it.",
              Key.of('m')),
          binding(
              "f",
              Intent.PANEL_FINDINGS,
              "findings",
              "Open the findings in full, or close them: what is seen, what it means, what to do"
                  + " and what not.",
              Key.of('f')),
          binding(
              "pgdn space",
              Intent.SCROLL_DOWN,
              "down",
              "Scroll down.",
              Key.of(Key.Name.PAGE_DOWN),
              Key.of(' ')),
          binding("pgup", Intent.SCROLL_UP, "up", "Scroll up.", Key.of(Key.Name.PAGE_UP)),
          binding(
              "esc",
              Intent.BACK,
              "close",
              "Close what is open; never changes anything.",
              Key.of(Key.Name.ESCAPE)),
          binding("?", Intent.HELP, "help", "Show all keys.", Key.of('?'), Key.of(Key.Name.F1)),
          binding(
              "q",
              Intent.LEAVE,
              "leave",
              "Leave. Nothing is undone, and `lockkeeper resume` comes back to this place.",
              Key.of('q'),
              Key.ctrl('c')));

  private KeyMap() {}

  /** All of them, in the order in which they are shown. */
  public static List<Binding> bindings() {
    return BINDINGS;
  }

  /** Those that work where nothing can be done but to look. */
  public static List<Binding> watching() {
    return BINDINGS.stream().filter(binding -> looks(binding.intent())).map(KeyMap::alone).toList();
  }

  private static boolean looks(Intent intent) {
    return switch (intent) {
      case SCROLL_DOWN,
          SCROLL_UP,
          PANEL_PODS,
          PANEL_EVENTS,
          PANEL_LOCKS,
          PANEL_MIGRATION,
          PANEL_FINDINGS,
          BACK,
          HELP,
          LEAVE ->
          true;
      case RUN, NEXT_STEP, PREVIOUS_STEP, WAIVE, SKIP, AGAIN -> false;
    };
  }

  /** Who only looks leaves nothing behind. */
  private static Binding alone(Binding binding) {
    return binding.intent() == Intent.LEAVE
        ? new Binding(
            binding.keys(), binding.label(), binding.intent(), binding.brief(), "Leave, at once.")
        : binding;
  }

  /** What this key asks for. */
  public static Optional<Intent> intent(Key key) {
    return BINDINGS.stream()
        .filter(binding -> binding.keys().contains(key))
        .map(Binding::intent)
        .findFirst();
  }

  private static Binding binding(
      String label, Intent intent, String brief, String description, Key... keys) {
    return new Binding(List.of(keys), label, intent, brief, description);
  }
}
