package dev.lockkeeper.e2e;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operator's way through the recovery runbook, by keys.
 *
 * @param walk the keys
 */
record Recovery(Walk walk) {
  private static final Pattern MARKED = Pattern.compile("│  ▶  (.*?) {2,}");
  private static final Pattern ASKING =
      Pattern.compile("enter (show plan|go on|next step) |esc cancel");
  private static final Pattern PHRASE = Pattern.compile("\\(type (\\S+) first\\)");

  /** From the first look to the first cure. */
  void prepare() {
    walk.read("1.1 See what is found");
    choose("1.2 Wait, or act", "Act, by the smallest cure first");
    walk.begin("2.1 Keep the evidence", "answer", "The folder or the ticket");
    walk.answer("The folder or the ticket", "/var/tmp/evidence");
    walk.begin("2.2 Have a backup", "answer", "question 1 of 2");
    walk.answer("name or id", "snap-7f3a");
    walk.answer("finished at", Walk.local(Duration.ofMinutes(-5)));
    walk.beTheOnlyOperator("2.3");
  }

  /** Goes over a step that has nothing to do, or is only to be read. */
  void pass(String title) {
    terminal().awaits(walk.before() + title, "└ enter go on");
    terminal().press("Enter");
    left(title);
  }

  /** Leaves a step out, with a reason. */
  void leaveOut(String title) {
    terminal().awaits(walk.before() + title, "x leave out");
    terminal().press("x");
    walk.answer("", "the long way is practised");
  }

  /** Chooses this option; the focus starts on none. */
  void choose(String title, String option) {
    walk.begin(title, "choose", "esc close");
    for (int press = 0; press < 3 && !focused(option); press++) {
      String before = marked();
      terminal().press("Down");
      terminal().awaits("the focus has moved", () -> !marked().equals(before));
    }
    terminal().awaits("▶  " + option);
    terminal().press("Enter");
  }

  /** The option on which the focus stands. */
  private String marked() {
    Matcher option = MARKED.matcher(terminal().screen());
    return option.find() ? option.group(1) : "none";
  }

  private boolean focused(String option) {
    return terminal().screen().contains("▶  " + option);
  }

  /** Does what the step is for, whichever confirmation its risk asks for. */
  void confirm(String title, String act) {
    walk.begin(title, "show plan", act);
    agree();
    walk.goOn(title + "  ✔ done");
  }

  /** The same where what is to be ended may end by itself, before or while the question is put. */
  void endOrPass(String title) {
    terminal().awaits(walk.before() + title);
    String screen = asking(title);
    while (screen.contains(walk.before() + title)) {
      String footer = footer(screen);
      if (footer.contains("esc cancel")) {
        agree();
      } else {
        terminal().press("Enter");
        terminal().awaits(title + " goes on", () -> !footer(terminal().screen()).equals(footer));
      }
      screen = asking(title);
    }
  }

  /** The screen as soon as this step asks for a key, or is left. */
  private String asking(String title) {
    AtomicReference<String> last = new AtomicReference<>();
    terminal()
        .awaits(
            title + " asks for a key",
            () -> {
              last.set(terminal().screen());
              return !last.get().contains(walk.before() + title)
                  || ASKING.matcher(footer(last.get())).find();
            });
    return last.get();
  }

  /** Until the step is no longer on the screen. */
  private void left(String title) {
    terminal()
        .awaits(title + " is left", () -> !terminal().screen().contains(walk.before() + title));
  }

  /** The keys that matter now. */
  private static String footer(String screen) {
    return screen.lines().filter(line -> line.startsWith("└")).findFirst().orElse("");
  }

  /** Says yes, in the way that the risk asks for. */
  private void agree() {
    String screen = terminal().awaits("esc cancel");
    Matcher phrase = PHRASE.matcher(screen);
    if (phrase.find()) {
      terminal().type(phrase.group(1));
      terminal().awaits("> " + phrase.group(1));
    } else if (screen.contains("▶[ Cancel ]")) {
      terminal().press("Tab");
      terminal().awaits(" [ Cancel ]", "▶[ ");
    }
    walk.doIt();
  }

  private Terminal terminal() {
    return walk.terminal();
  }
}
