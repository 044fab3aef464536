package dev.lockkeeper.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Takes the control characters out of what is pasted: a text from the clipboard may fill in a
 * field, but it presses no Enter, moves no focus and closes nothing. The terminal marks where a
 * paste begins and ends once it was asked to.
 */
final class Pasted {
  /** Asks the terminal to mark pastes. */
  static final String ASK = "\u001b[?2004h";

  /** Asks it not to any more. */
  static final String ENOUGH = "\u001b[?2004l";

  private static final String BEGIN = "\u001b[200~";
  private static final String END = "\u001b[201~";
  private static final int DELETE = 0x7f;

  private boolean inside;

  /** What is left of a burst; a mark is expected to arrive whole. */
  byte[] tamed(byte[] burst, int count) {
    ByteArrayOutputStream left = new ByteArrayOutputStream(count);
    for (int i = 0; i < count; i++) {
      String mark = inside ? END : BEGIN;
      if (startsAt(burst, i, count, mark)) {
        inside = !inside;
        i += mark.length() - 1;
      } else if (!inside || printable(burst[i])) {
        left.write(burst[i]);
      }
    }
    return left.toByteArray();
  }

  private static boolean startsAt(byte[] burst, int at, int count, String mark) {
    return burst[at] == mark.charAt(0)
        && at + mark.length() <= count
        && new String(burst, at, mark.length(), StandardCharsets.US_ASCII).equals(mark);
  }

  /** Bytes of UTF-8 beyond ASCII are negative here. */
  private static boolean printable(byte one) {
    return one < 0 || one >= ' ' && one != DELETE;
  }
}
