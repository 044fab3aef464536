package dev.lockkeeper.wizard;

import dev.lockkeeper.wizard.Binding.Place;
import java.util.List;
import java.util.Optional;

/** The keys of the main screen, and of the screens that only look. */
public final class KeyMap {
  /** The display stops by itself where it can; then this key does not come here. */
  static final String NO_JOB = "no shell has this program as a job: nothing could continue it";

  private static final String STOP =
      "Stop and give the terminal to the shell, whose `fg` comes back";

  private static final String AT_ONCE = "Leave, at once.";

  private static final List<Binding> BINDINGS =
      List.of(
          Binding.of(
                  "enter",
                  Intent.RUN,
                  "run step",
                  "Do the step or go on; it never acts without another question.",
                  Key.of(Key.Name.ENTER))
              .unless(Obstacles::running),
          Binding.of(
                  "n ↓",
                  Intent.NEXT_STEP,
                  "next",
                  "Look at the next step.",
                  Key.of('n'),
                  Key.of(Key.Name.DOWN))
              .also(Place.APPROACH)
              .unless(Obstacles::next),
          Binding.of(
                  "b ↑",
                  Intent.PREVIOUS_STEP,
                  "back",
                  "Look at the previous step.",
                  Key.of('b'),
                  Key.of(Key.Name.UP))
              .also(Place.APPROACH)
              .unless(Obstacles::previous),
          Binding.of(
                  "c",
                  Intent.CURRENT_STEP,
                  "current step",
                  "Back to the current step: the first one that is not over.",
                  Key.of('c'))
              .also(Place.APPROACH)
              .unless(Obstacles::current),
          Binding.of(
                  "w",
                  Intent.WAIVE,
                  "waive",
                  "Waive a check that did not pass; asks for a reason, for the journal.",
                  Key.of('w'))
              .unless(Obstacles::waiving),
          Binding.of(
                  "x",
                  Intent.SKIP,
                  "leave out",
                  "Leave the step out; asks for a reason, for the journal.",
                  Key.of('x'))
              .unless(Obstacles::skipping),
          Binding.of(
                  "r",
                  Intent.AGAIN,
                  "again",
                  "Answer or decide again, as long as nothing was done because of it, or when that"
                      + " has failed; or repeat a step that was left out, or whose act is no longer"
                      + " in effect.",
                  Key.of('r'))
              .also(Place.APPROACH, "Try again to reach cluster and database, after it failed.")
              .also(Place.WATCH, "Try again to reach cluster and database, after it failed.")
              .unless(Reopen::obstacle),
          panel("p", Intent.PANEL_PODS, "pods", 'p'),
          panel("e", Intent.PANEL_EVENTS, "events", 'e'),
          panel("l", Intent.PANEL_LOCKS, "locks", 'l'),
          panel("m", Intent.PANEL_MIGRATION, "migration", 'm'),
          Binding.of(
                  "f",
                  Intent.PANEL_FINDINGS,
                  "findings",
                  "Open the findings in full, or close them: what is seen, what it means, what to"
                      + " do and what not.",
                  Key.of('f'))
              .everywhere(),
          Binding.of(
                  "v",
                  Intent.PANEL_CHECKS,
                  "checks",
                  "Open what is asked before this step, with what was found, or close it.",
                  Key.of('v'))
              .also(Place.APPROACH),
          Binding.of(
                  "i",
                  Intent.PANEL_RUN,
                  "this run",
                  "Open what this run is for and what it has come to, or close it.",
                  Key.of('i'))
              .also(Place.APPROACH),
          Binding.of(
                  "pgdn space",
                  Intent.SCROLL_DOWN,
                  "down",
                  "Scroll down.",
                  Key.of(Key.Name.PAGE_DOWN),
                  Key.of(' '))
              .everywhere(),
          Binding.of("pgup", Intent.SCROLL_UP, "up", "Scroll up.", Key.of(Key.Name.PAGE_UP))
              .everywhere()
              .unless(Obstacles::up),
          Binding.of(
                  "y",
                  Intent.COPY,
                  "copy",
                  "Copy the command of the step to the terminal's clipboard; in a question ctrl-y"
                      + " does it.",
                  Key.of('y'))
              .unless(Obstacles::commands),
          Binding.of(
                  "Y",
                  Intent.KEEP,
                  "to a file",
                  "Write the commands of the step to a new file in the run's folder.",
                  Key.of('Y'))
              .unless(Obstacles::commands),
          Binding.of(
                  "esc",
                  Intent.BACK,
                  "close",
                  "Close what is open; never changes anything.",
                  Key.of(Key.Name.ESCAPE))
              .everywhere()
              .unless(Obstacles::closing),
          Binding.of(
                  "?",
                  Intent.HELP,
                  "help",
                  "Show all keys, and what the marks mean.",
                  Key.of('?'),
                  Key.of(Key.Name.F1))
              .everywhere(),
          Binding.of(
                  "q",
                  Intent.LEAVE,
                  "leave",
                  "Leave; it first says what is owed, and whether one can come back. Nothing is undone.",
                  Key.of('q'))
              .also(Place.APPROACH, AT_ONCE + " Nothing was changed from here.")
              .also(Place.WATCH, AT_ONCE),
          Binding.of(
                  "ctrl-z",
                  Intent.SUSPEND,
                  "stop",
                  STOP + "; nothing is watched meanwhile, and the lease is not renewed.",
                  Key.ctrl('z'))
              .also(Place.APPROACH, STOP + ".")
              .also(Place.WATCH, STOP + ".")
              .unless(state -> Optional.of(NO_JOB)),
          Binding.of(
                  "ctrl-c",
                  Intent.INTERRUPT,
                  "leave",
                  "Close what is asked and say what is owed; twice within 2 s: leave.",
                  Key.ctrl('c'))
              .also(Place.APPROACH, AT_ONCE + " Nothing was changed from here.")
              .also(Place.WATCH, AT_ONCE));

  private KeyMap() {}

  /** Those that do something at this place, in the order in which they are shown. */
  public static List<Binding> bindings(Place place) {
    return BINDINGS.stream().filter(binding -> binding.at(place)).toList();
  }

  /** What this key is bound to at this place. */
  static Optional<Binding> binding(Key key, Place place) {
    return bindings(place).stream().filter(each -> each.keys().contains(key)).findFirst();
  }

  static boolean leaves(Intent intent) {
    return intent == Intent.LEAVE || intent == Intent.INTERRUPT;
  }

  /** What is said of a key that is bound to nothing. */
  static String unbound(Key key) {
    return key.label() + " does nothing here; ? shows all keys";
  }

  private static Binding panel(String label, Intent intent, String brief, char key) {
    String description = "Open the " + brief + " panel in full, or close it.";
    return Binding.of(label, intent, brief, description, Key.of(key)).everywhere();
  }
}
