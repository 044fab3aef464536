package dev.lockkeeper.wizard;

import dev.lockkeeper.action.Risk;
import dev.lockkeeper.diagnosis.Diagnosis;
import dev.lockkeeper.runbook.PanelId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The five to seven keys that matter now, for the footer. */
public final class Hints {
  private Hints() {}

  /** The live keys, the most important first. */
  public static List<Hint> of(State state) {
    return state.dialog().map(dialog -> dialog.match(new Asked())).orElseGet(() -> open(state));
  }

  private static List<Hint> open(State state) {
    List<Hint> hints = new ArrayList<>();
    NextAction ahead = NextAction.of(state);
    Hint enter =
        new Hint(label(Intent.RUN), ahead.brief(), ahead.blocked() ? ahead.sentence() : "");
    if (state.opened().isPresent()) {
      if (state.panel().equals(Optional.of(PanelId.RUN))) {
        hints.add(enter);
      }
      hints.addAll(browsing(state, state.opened().get()));
      return List.copyOf(hints);
    }
    hints.add(enter);
    hints.add(Hint.live("n b", "steps"));
    if (Obstacles.current(state).isEmpty()) {
      hints.add(hint(Intent.CURRENT_STEP));
    }
    if (waivable(state)) {
      hints.add(hint(Intent.WAIVE));
    }
    if (Reopen.offered(state)) {
      hints.add(hint(Intent.AGAIN));
    }
    boolean skippable = !state.progress().finished(state.cursor()) && state.pending().isEmpty();
    if (skippable) {
      hints.add(hint(Intent.SKIP));
    }
    hints.add(panels(state, state.panel(), "panels"));
    hints.add(hint(Intent.HELP));
    hints.add(hint(Intent.LEAVE));
    return List.copyOf(hints);
  }

  /** Keys belong to the panel, but for those that lead to another one, or away. */
  private static List<Hint> browsing(ScreenState state, Opened opened) {
    List<Hint> hints = new ArrayList<>(PanelHints.of(opened));
    if (!opened.search().typing()) {
      if (opened.sheet().isEmpty()) {
        hints.add(panels(state, Optional.of(opened.panel()), "panels"));
      }
      hints.add(hint(Intent.HELP));
      hints.add(hint(Intent.LEAVE));
    }
    return List.copyOf(hints);
  }

  static List<Hint> of(Approach state) {
    if (state.picture().dialog().isPresent()) {
      return of(state.picture());
    }
    List<Hint> hints = new ArrayList<>();
    if (state.trouble().isPresent()) {
      hints.add(tryAgain());
    }
    if (state.picture().opened().isPresent()) {
      hints.addAll(browsing(state, state.picture().opened().get()));
      return List.copyOf(hints);
    }
    hints.add(0, Hint.live("n b", "steps"));
    hints.add(panels(state, Optional.empty(), "panels"));
    hints.add(hint(Intent.HELP));
    hints.add(hint(Intent.LEAVE));
    return List.copyOf(hints);
  }

  static List<Hint> of(Watching state) {
    if (state.help()) {
      return List.of(Hint.live("↑ ↓", "scroll"), Hint.live("esc", "close"), hint(Intent.LEAVE));
    }
    List<Hint> hints = new ArrayList<>();
    if (state.way() == Watching.Way.FAILED) {
      hints.add(tryAgain());
    }
    if (state.opened().isPresent()) {
      hints.addAll(browsing(state, state.opened().get()));
      return List.copyOf(hints);
    }
    hints.add(panels(state, Optional.empty(), "open a panel"));
    hints.add(hint(Intent.HELP));
    hints.add(hint(Intent.LEAVE));
    return List.copyOf(hints);
  }

  private static boolean waivable(State state) {
    return !state.progress().finished(state.cursor()) && Walking.waivable(state).isPresent();
  }

  /** The key of each panel. */
  public static String label(PanelId panel) {
    return switch (panel) {
      case PODS -> label(Intent.PANEL_PODS);
      case EVENTS -> label(Intent.PANEL_EVENTS);
      case LOCKS -> label(Intent.PANEL_LOCKS);
      case MIGRATION -> label(Intent.PANEL_MIGRATION);
      case FINDINGS -> label(Intent.PANEL_FINDINGS);
      case CHECKS -> label(Intent.PANEL_CHECKS);
      case RUN -> label(Intent.PANEL_RUN);
    };
  }

  /** The key of the findings is told with their number, and only when there are any. */
  private static Hint panels(ScreenState state, Optional<PanelId> open, String brief) {
    int findings = Diagnosis.of(state.snapshot(), state.knowledge()).size();
    boolean told = findings > 0 || open.filter(PanelId.FINDINGS::equals).isPresent();
    List<String> labels =
        Arrays.stream(PanelId.values())
            .filter(panel -> panel.isLive() && (panel != PanelId.FINDINGS || told))
            .map(Hints::label)
            .toList();
    String count =
        findings == 0 ? "" : " (" + findings + (findings == 1 ? " finding)" : " findings)");
    return Hint.live(String.join(" ", labels), brief + count);
  }

  private static Hint tryAgain() {
    return Hint.live(label(Intent.AGAIN), "try again");
  }

  private static Hint hint(Intent intent) {
    Binding binding = binding(intent);
    return Hint.live(binding.label(), binding.brief());
  }

  private static String label(Intent intent) {
    return binding(intent).label();
  }

  private static Binding binding(Intent intent) {
    return KeyMap.bindings(Binding.Place.WALK).stream()
        .filter(binding -> binding.intent() == intent)
        .findFirst()
        .orElseThrow();
  }

  /** The keys of each question. */
  private static final class Asked implements Dialog.Cases<List<Hint>> {
    @Override
    public List<Hint> confirm(Dialog.Confirm dialog) {
      if (dialog.refused()) {
        return List.of(Hint.live("esc", "go back"));
      }
      return switch (dialog.risk()) {
        case SAFE -> List.of(doing(dialog), Hint.live("esc", "cancel"));
        case DISRUPTIVE ->
            List.of(
                Hint.live("← →", "move"),
                dialog.go() ? doing(dialog) : Hint.live("enter", "cancel"),
                Hint.live("esc", "cancel"));
        case IRREVERSIBLE -> List.of(doing(dialog), Hint.live("esc", "cancel"));
      };
    }

    /** Enter does nothing as long as the server has not judged what it would do. */
    private static Hint doing(Dialog.Confirm dialog) {
      boolean typed = dialog.risk() != Risk.IRREVERSIBLE || dialog.phraseTyped();
      String read = dialog.read() ? "" : "read to the end first: pgdn";
      String judged = dialog.rehearsal().isEmpty() ? "wait for the dry run" : read;
      return new Hint(
          "enter", "do it", typed ? judged : "type " + dialog.plan().phrase() + " first");
    }

    @Override
    public List<Hint> ask(Dialog.Ask dialog) {
      return List.of(Hint.live("enter", "answer"), Hint.live("esc", "close"));
    }

    @Override
    public List<Hint> choose(Dialog.Choose dialog) {
      return List.of(
          Hint.live("↑ ↓", "move"), Hint.live("enter", "choose"), Hint.live("esc", "close"));
    }

    @Override
    public List<Hint> reason(Dialog.Reason dialog) {
      return List.of(Hint.live("enter", "write down"), Hint.live("esc", "close"));
    }

    @Override
    public List<Hint> forgive(Dialog.Forgive dialog) {
      return List.of(Hint.live("enter", "write down"), Hint.live("esc", "close"));
    }

    @Override
    public List<Hint> leave(Dialog.Leave dialog) {
      return choosing(dialog.go() ? "leave" : "stay", "stay");
    }

    @Override
    public List<Hint> help(Dialog.Help dialog) {
      return List.of(Hint.live("↑ ↓", "scroll"), Hint.live("esc", "close"));
    }

    private static List<Hint> choosing(String onEnter, String onEscape) {
      return List.of(
          Hint.live("← →", "move"), Hint.live("enter", onEnter), Hint.live("esc", onEscape));
    }
  }
}
