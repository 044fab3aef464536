package dev.lockkeeper.e2e;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An operator who does whatever the last line of the screen offers, from wherever the wizard
 * stands, as after a crash: answers what is asked, chooses what was ordered, confirms every act.
 *
 * @param terminal where the wizard runs
 * @param orders what to choose and to answer
 */
record Autopilot(Terminal terminal, Orders orders) {
  private static final Duration PATIENCE = Duration.ofSeconds(480);
  private static final Pattern OFFERED = Pattern.compile("└ (?:↑ ↓ move · )?enter ([^·]*?) ·");
  private static final Pattern PHRASE = Pattern.compile("\\(type (\\S+) first\\)");
  private static final Pattern FIGURE =
      Pattern.compile("type the number(?: that you see now)?: (\\d+)");
  private static final Pattern MARKED = Pattern.compile("│  ▶  (.*?) {2,}");
  private static final Pattern PAGE = Pattern.compile("│ (\\d\\.\\d [^│]*?)(?:  .*)?│");

  /** Goes on until that is so, or the program has ended. */
  void fly(BooleanSupplier arrived) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!terminal.hasEnded() && !arrived.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it does not come to an end\n" + terminal.screen());
      }
      String screen = terminal.screen();
      if (act(screen)) {
        settle(state(screen));
      } else {
        pause(100);
      }
    }
  }

  /** Does what is offered, if it is more than to wait. */
  private boolean act(String screen) {
    Matcher phrase = PHRASE.matcher(screen);
    if (phrase.find()) {
      terminal.type(phrase.group(1));
      pause(150);
      terminal.press("Enter");
      return true;
    }
    if (screen.contains("▶[ Cancel ]")) {
      terminal.press("Tab");
      pause(150);
      terminal.press("Enter");
      return true;
    }
    // The focus has left Cancel, and Enter came before the dry run was on the screen.
    if (screen.contains("· enter do it ·")) {
      return press();
    }
    if (screen.contains("Go on all the same?")) {
      return waive(screen);
    }
    if (screen.contains("enter check not passed ·") && screen.contains("· w waive ·")) {
      terminal.press("w");
      return true;
    }
    // A key that came when its question was gone has led past a step.
    if (screen.contains(": b goes back") && screen.contains("enter waits for ")) {
      terminal.press("b");
      return true;
    }
    Matcher offered = OFFERED.matcher(screen);
    return offered.find() && act(screen, offered.group(1));
  }

  private boolean act(String screen, String offered) {
    if (screen.contains("> _")) {
      terminal.type(orders.answer(screen));
      pause(100);
      terminal.press("Enter");
      return true;
    }
    return switch (offered) {
      case "choose" -> choose(screen);
      case "begin", "go on", "next step", "answer", "show plan", "do it" -> press();
      default -> false;
    };
  }

  /** The figure that is asked for last, or any reason. */
  private boolean waive(String screen) {
    String reason = "seen";
    Matcher figure = FIGURE.matcher(screen);
    while (figure.find()) {
      reason = figure.group(1);
    }
    terminal.press("C-u");
    terminal.type(reason);
    pause(150);
    terminal.press("Enter");
    return true;
  }

  /** Opens the choice, moves to what was ordered, or takes it: one key at a time. */
  private boolean choose(String screen) {
    Matcher marked = MARKED.matcher(screen);
    boolean there = marked.find() && orders.wants(marked.group(1));
    if (screen.contains("esc close") && !there) {
      terminal.press("Down");
      pause(150);
      return true;
    }
    return press();
  }

  private boolean press() {
    terminal.press("Enter");
    return true;
  }

  /** Until the screen is about something else, or so long that nothing comes of the key. */
  private void settle(String before) {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!terminal.hasEnded()
        && state(terminal.screen()).equals(before)
        && System.nanoTime() < deadline) {
      pause(30);
    }
    pause(50);
  }

  private static String state(String screen) {
    Matcher page = PAGE.matcher(screen);
    Matcher question = Pattern.compile("question \\d of \\d").matcher(screen);
    Matcher marked = MARKED.matcher(screen);
    String[] rows = screen.stripTrailing().split("\n");
    return (page.find() ? page.group() : "")
        + (question.find() ? question.group() : "")
        + (marked.find() ? marked.group(1) : "")
        + rows[rows.length - 1];
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
