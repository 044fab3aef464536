package dev.lockkeeper.e2e;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operator's way through the recovery runbook, by keys.
 *
 * @param walk the keys
 */
record Recovery(Walk walk) {
  /** No choice has more. */
  private static final int MOST_OPTIONS = 6;

  private static final Pattern MARKED = Pattern.compile("│  ▶  (.*?) {2,}");
  private static final Pattern NUMBER = Pattern.compile("type the number: (\\d+)");
  private static final Pattern PHRASE = Pattern.compile("\\(type (\\S+) first\\)");

  /** From the first look to the first cure. */
  void prepare() {
    walk.read("1.1 Read the findings");
    choose("1.2 Wait, or act", "Act, with the smallest fix first");
    walk.keepTheEvidence("2.1");
    walk.begin("2.2 Have a backup", "answer", "question 1 of 2");
    walk.answer("name or id", "snap-7f3a");
    walk.answer("finished at", Walk.local(Duration.ofMinutes(-5)));
    walk.beTheOnlyOperator("2.3");
  }

  /** Goes over a step that has nothing to do, or is only to be read. */
  void pass(String title) {
    walk.read(title);
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
    for (int press = 0; press < MOST_OPTIONS && !focused(option); press++) {
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
    over(title, "(show plan|go on|next step)");
  }

  /** The same where a check that should hold may not, or not for long. */
  void waiveAndConfirm(String title) {
    over(title, "(show plan|go on|next step|check not passed)");
  }

  /** Answers what the step asks for until it is left, whatever that turns out to be. */
  private void over(String title, String offered) {
    Pattern offer = Pattern.compile("└ enter " + offered + " ");
    Predicate<String> left = screen -> !screen.contains(walk.before() + title);
    Predicate<String> asked = screen -> screen.contains("· esc c");
    terminal().awaits(walk.before() + title);
    String screen = terminal().screen();
    while (!left.test(screen)) {
      screen =
          walk.press(
              now -> offer.matcher(now).find(),
              now -> now.contains("└ enter check not passed") ? "w" : "Enter",
              left.or(asked));
      if (screen.contains("· esc cancel")) {
        agree();
      } else if (screen.contains("· esc close")) {
        reason(screen);
      }
    }
  }

  /** Says why it goes on all the same, or how many there are. */
  private void reason(String screen) {
    Matcher number = NUMBER.matcher(screen);
    String text = number.find() ? number.group(1) : "agreed with the team";
    terminal().type(text);
    terminal().awaits("> " + text);
    terminal().press("Enter");
    terminal().awaits("the reason is taken", () -> !terminal().screen().contains("> " + text));
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
