package dev.lockkeeper.e2e;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The operator's way through the upgrade runbook, by keys. Each step of the way waits until the
 * screen asks for the key that it presses.
 *
 * @param terminal where the wizard runs
 */
record Walk(Terminal terminal) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
  private static final String READ = "I have read this, go on";
  private static final String OVER = "this step is over: enter goes on";

  /** Reads a step that is only to be read. */
  void read(String title) {
    terminal.awaits(page(title), READ);
    terminal.press("Enter");
  }

  /** Leaves a step that is over. */
  void goOn(String title) {
    terminal.awaits(page(title), OVER);
    terminal.press("Enter");
  }

  /** Opens the question of a step. */
  void begin(String title, String hint, String question) {
    terminal.awaits(page(title), hint);
    terminal.press("Enter");
    terminal.awaits(question);
  }

  void answer(String question, String text) {
    terminal.awaits(question, "> _");
    terminal.type(text);
    terminal.awaits("> " + text);
    terminal.press("Enter");
  }

  /** Says yes to the disruptive act on the screen. */
  void confirm(String button) {
    terminal.awaits("DISRUPTIVE", "▶[ Cancel ]");
    terminal.press("Tab");
    terminal.awaits("▶[ " + button);
    terminal.press("Enter");
  }

  /** Types what the irreversible question asks for. */
  void swear(String phrase) {
    terminal.awaits("IRREVERSIBLE", "Type " + phrase);
    terminal.type(phrase);
    terminal.awaits("> " + phrase);
    terminal.press("Enter");
  }

  void leave() {
    terminal.press("q");
    terminal.awaits("Leave?", "▶[ Stay ]");
    terminal.press("Tab");
    terminal.awaits("▶[ Leave ]");
    terminal.press("Enter");
  }

  /** From the first screen to the choice between zero and one. */
  void prepare() {
    read("1.1 Know what is installed");
    nameWindow();
    read("1.3 Look at the path");
    read("1.4 See who would be in the way");
    read("1.5 See what would scale it back");
    read("1.6 Think of the people and their builds");
    attestBackup();
  }

  void nameWindow() {
    begin("1.2 Name the window", "enter: answer 2 questions", "question 1 of 2");
    answer("The window starts at", local(Duration.ofHours(-1)));
    answer("The window ends at", local(Duration.ofHours(2)));
  }

  void attestBackup() {
    begin("2.1 Have a backup", "enter: answer 2 questions", "question 1 of 2");
    answer("name or id", "snap-7f3a");
    answer("finished at", local(Duration.ofMinutes(-5)));
  }

  void chooseZero() {
    begin("3.1 Choose zero or one", "choose one of 2", "▶  Scale to zero");
    terminal.press("Enter");
  }

  void askToScaleDown() {
    begin("3.2 Scale down", "enter shows the plan", "Scale deployment/coder from 3 to 0.");
  }

  void scaleDown() {
    askToScaleDown();
    confirm("Scale deployment/coder from 3 to 0");
  }

  /** The title as it stands above the page of the step, not in the list of steps beside it. */
  private static String page(String title) {
    return "│ " + title;
  }

  /** A moment from now, as an operator in UTC types it. */
  private static String local(Duration fromNow) {
    return LocalDateTime.ofInstant(Instant.now().plus(fromNow), ZoneOffset.UTC).format(TIME);
  }
}
