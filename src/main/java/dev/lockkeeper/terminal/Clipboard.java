package dev.lockkeeper.terminal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Text on its way to the clipboard of a terminal, by OSC 52. The terminal may refuse without a
 * word, and tmux hands it on only where its set-clipboard is on.
 *
 * @param sequence what is written to the terminal
 * @param length how many characters of the text are in it
 * @param cut whether there was more of it
 */
record Clipboard(String sequence, int length, boolean cut) {
  /** Terminals take about 74,000 bytes of base64 at most. */
  private static final int MOST_BYTES = 48 * 1024;

  static Clipboard of(String text) {
    int end = 0;
    int bytes = 0;
    while (end < text.length()) {
      int codePoint = text.codePointAt(end);
      bytes += Character.toString(codePoint).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MOST_BYTES) {
        break;
      }
      end += Character.charCount(codePoint);
    }
    byte[] sent = text.substring(0, end).getBytes(StandardCharsets.UTF_8);
    String payload = Base64.getEncoder().encodeToString(sent);
    return new Clipboard("\u001b]52;c;" + payload + "\u0007", end, end < text.length());
  }
}
