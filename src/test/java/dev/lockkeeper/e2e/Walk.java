package dev.lockkeeper.e2e;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operator's way through the upgrade runbook, by keys. Each step of the way waits until the
 * screen asks for the key that it presses.
 *
 * @param terminal where the wizard runs
 * @param before what stands before the title of the step that is open, and before no other
 */
record Walk(Terminal terminal, String before) {
  private static final Pattern PAGE = Pattern.compile("\\d\\.\\d+\\w? ");
  private static final Pattern BEGIN = Pattern.compile("└ enter begin ");
  private static final Duration DROPPED = Duration.ofSeconds(3);
  private static final String INTRODUCED = "│ This run ";
  private static final Pattern QUESTION = Pattern.compile("└ .*esc (cancel|close)");
  private static final Pattern REFUSAL = Pattern.compile("^│ [·▲] ");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  /** On a screen that has a column for the list of steps. */
  static Walk wide(Terminal terminal) {
    return new Walk(terminal, "│ ");
  }

  /** On a screen on which the list is folded to one line. */
  static Walk folded(Terminal terminal) {
    return new Walk(terminal, "› ");
  }

  /** Reads a step that is only to be read; the last one stays on the screen. */
  void read(String title) {
    String open = before + title;
    enter(title, "go on", now -> !now.contains(open) || now.contains(open + "  ✔ done"));
  }

  /** Reads on until this step is over; on its way nothing but reading is left. */
  void readTo(String title) {
    Pattern offer = Pattern.compile("└ enter (go on|next step) ");
    String over = before + title + "  ✔ done";
    // What the run has come to stands before its last step, once that is over.
    press(
        screen -> offer.matcher(screen).find(),
        screen -> "Enter",
        now -> now.contains(over) || now.contains(": finished"));
  }

  /** Leaves a step that is over. */
  void goOn(String title) {
    enter(title, "next step", screen -> !screen.contains(before + title));
  }

  /**
   * Opens the question of a step.
   *
   * @param footer what enter does there
   * @param question what is asked then
   */
  void begin(String title, String footer, String question) {
    enter(title, footer, screen -> QUESTION.matcher(screen).find());
    terminal.awaits(question);
  }

  /**
   * Leaves what the run is for, which stands before its first step. What is pressed in the moment
   * in which the walk begins is dropped without a word, so a key of which nothing came is pressed
   * again.
   */
  void begins() {
    AtomicLong pressed = new AtomicLong();
    terminal.awaits(
        "the run has begun",
        () -> {
          String now = terminal.screen();
          long time = System.nanoTime();
          if (BEGIN.matcher(now).find() && time - pressed.get() > DROPPED.toNanos()) {
            pressed.set(time);
            terminal.press("Enter");
          }
          return now.contains("└ enter ")
              && (!now.contains(INTRODUCED) || now.contains("└ enter all done "));
        });
  }

  /** Presses Enter in this step, as soon as it does this there, until it has led to this screen. */
  private void enter(String title, String footer, Predicate<String> led) {
    begins();
    // A key too many on the step before may have led there already.
    sees(
        title + ": enter " + footer,
        now ->
            now.contains(before + title) && (now.contains("└ enter " + footer) || led.test(now)));
    Pattern offer = Pattern.compile("└ enter " + footer + " ");
    press(screen -> offer.matcher(screen).find(), screen -> "Enter", led);
  }

  /**
   * Presses a key until it has led to such a screen. Between the look and the key the world can
   * change, or a fact become too old, so that the key only says why it does nothing; it is pressed
   * again when that was said, or when it does something else by then, and never on the mere guess
   * that it was lost.
   *
   * @param offers whether the key does something on this screen
   * @param key which key it is there
   * @param led whether this is where it leads
   * @return the screen to which it has led
   */
  String press(Predicate<String> offers, Function<String, String> key, Predicate<String> led) {
    String screen = sees("a key does something, or has", offers.or(led));
    while (!led.test(screen)) {
      String said = said(screen);
      String offer = offer(screen);
      String page = page(screen);
      terminal.press(key.apply(screen));
      sees(
          "the key was taken",
          led.or(now -> !said(now).equals(said) && REFUSAL.matcher(said(now)).find())
              .or(now -> !offer(now).equals(offer) || !page(now).equals(page)));
      screen = sees("a key does something, or has", offers.or(led));
    }
    return screen;
  }

  private String sees(String what, Predicate<String> sought) {
    AtomicReference<String> last = new AtomicReference<>();
    terminal.awaits(
        what,
        () -> {
          last.set(terminal.screen());
          return sought.test(last.get());
        });
    return last.get();
  }

  /** Which step is on the screen: two that follow each other may offer the same. */
  private static String page(String screen) {
    return screen
        .lines()
        .skip(1)
        .findFirst()
        .map(PAGE::matcher)
        .filter(Matcher::find)
        .map(Matcher::group)
        .orElse("");
  }

  /** What enter does; the rest of that line changes with what is found. */
  private static String offer(String screen) {
    int last = screen.lastIndexOf("└ enter ");
    return last < 0 ? "" : screen.substring(last).split(" · ", 2)[0];
  }

  /** The first line below the panels: what the last key did, or why it did nothing. */
  private static String said(String screen) {
    List<String> lines = screen.lines().toList();
    int edge = 0;
    for (int i = 0; i < lines.size(); i++) {
      edge = lines.get(i).startsWith("├") ? i : edge;
    }
    return edge + 1 < lines.size() ? lines.get(edge + 1).strip() : "";
  }

  void answer(String question, String text) {
    terminal.awaits(question, "> _");
    terminal.type(text);
    terminal.awaits("> " + text);
    terminal.press("Enter");
  }

  /** Says yes to the disruptive act on the screen. */
  void confirm(String act) {
    terminal.awaits("DISRUPTIVE", act, "▶[ Cancel ]");
    terminal.press("Tab");
    terminal.awaits(" [ Cancel ]", "▶[ ");
    doIt();
  }

  /** Presses Enter at a question as soon as the server has judged what it would do. */
  void doIt() {
    terminal.awaits(
        "it can be done",
        () -> {
          String screen = terminal.screen();
          if (screen.contains("more below: pgdn")) {
            terminal.press("NPage");
          }
          return screen.contains("enter do it · esc cancel");
        });
    terminal.press("Enter");
    terminal.awaits(
        "the answer is taken", () -> !terminal.screen().contains("enter do it · esc cancel"));
  }

  /** Goes on all the same where a check that should hold does not. */
  void waive(String title, String check) {
    terminal.awaits(before + title, check, "; w waives it", "w waive");
    terminal.press("w");
    terminal.awaits("enter write down");
    terminal.type("agreed with the team");
    terminal.awaits("> agreed with the team");
    terminal.press("Enter");
  }

  /** Says yes to the safe act on the screen. */
  void accept(String act) {
    terminal.awaits(act);
    doIt();
  }

  /** Closes a question, and waits until it is: an Esc with a letter behind it is an Alt. */
  void cancel() {
    terminal.press("Escape");
    terminal.awaits("q leave");
  }

  /** Types what the irreversible question asks for. */
  void swear(String phrase) {
    terminal.awaits("IRREVERSIBLE", "Type " + phrase);
    terminal.type(phrase);
    terminal.awaits("> " + phrase);
    doIt();
  }

  void leave() {
    terminal.awaits("└ enter");
    // What is pressed in the moment in which the walk begins is dropped.
    press(screen -> true, screen -> "q", screen -> screen.contains("Leave?"));
    terminal.awaits("Leave?", "▶[ Stay ]");
    terminal.press("Tab");
    terminal.awaits("▶[ Leave ]");
    terminal.press("Enter");
  }

  /** From the first screen to the choice between zero and one. */
  void prepare() {
    read("1.1 Know what is installed");
    nameWindow();
    readOn();
  }

  /** From the path to the choice between zero and one. */
  void readOn() {
    read("1.3 Look at the path");
    read("1.4 See what blocks a migration");
    read("1.5 See what changes replicas");
    read("1.6 Think of users and builds");
    attestBackup();
    beTheOnlyOperator("2.2");
    lookAtHelm();
  }

  void lookAtHelm() {
    read("2.3 Look at Helm's release");
  }

  /** Takes the lease of this deployment. */
  void beTheOnlyOperator(String step) {
    String title = step + " Be the only operator";
    begin(title, "show plan", "Take the operator's lease.");
    accept("Take the operator's lease.");
    goOn(title + "  ✔ done");
  }

  /** Keeps it in the folder of the run. */
  void keepTheEvidence(String step) {
    String title = step + " Keep the evidence";
    begin(title, "show plan", "Keep the evidence of deployment");
    accept("Keep the evidence of deployment");
    goOn(title + "  ✔ done");
  }

  void nameWindow() {
    begin("1.2 Name the window", "answer", "question 1 of 2");
    answer("The window starts at", local(Duration.ofHours(-1)));
    answer("The window ends at", local(Duration.ofHours(2)));
  }

  void attestBackup() {
    begin("2.1 Have a backup", "answer", "question 1 of 2");
    answer("name or id", "snap-7f3a");
    answer("finished at", local(Duration.ofMinutes(-5)));
  }

  void chooseZero() {
    choose("3.1 Choose zero or one", "Scale to zero");
    read("3.1s Pause what changes replicas");
  }

  /** Chooses the first option; the focus starts on none. */
  void choose(String title, String option) {
    choose(title, 1, option);
  }

  /** Chooses the option that is the one at this place, counted from 1. */
  void choose(String title, int number, String option) {
    begin(title, "choose", option);
    for (int i = 0; i < number; i++) {
      terminal.press("Down");
    }
    terminal.awaits("▶  " + option);
    terminal.press("Enter");
  }

  void askToScaleDown() {
    begin("3.2 Scale down", "show plan", "Scale deployment/coder from 3 to 0.");
  }

  void scaleDown() {
    askToScaleDown();
    confirm("Scale deployment/coder from 3 to 0.");
  }

  /** A moment from now, as an operator in UTC types it. */
  static String local(Duration fromNow) {
    return LocalDateTime.ofInstant(Instant.now().plus(fromNow), ZoneOffset.UTC).format(TIME);
  }
}
