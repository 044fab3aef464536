package dev.lockkeeper.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/**
 * Takes the control characters out of what is pasted: a text from the clipboard may fill in a
 * field, but it presses no Enter, moves no focus and closes nothing. The terminal marks where a
 * paste begins and ends once it was asked to.
 *
 * <p>A line may cut anything in pieces, and lose the rest: what has begun with an Escape is handed
 * on when it is whole, a paste without an end is over after some time, or by a lone Escape or
 * Ctrl-C.
 */
final class Pasted {
  /** Asks the terminal to mark pastes. */
  static final String ASK = "\u001b[?2004h";

  /** Asks it not to any more. */
  static final String ENOUGH = "\u001b[?2004l";

  private static final String BEGIN = "\u001b[200~";
  private static final String END = "\u001b[201~";
  private static final int ESCAPE = 0x1b;
  private static final int CTRL_C = 0x03;
  private static final int DELETE = 0x7f;

  /** No key and no mark is longer. */
  private static final int LONGEST = 32;

  /** After so long without its rest, what was cut in pieces is not whole any more. */
  private static final long LOST_NANOS = 2_000_000_000L;

  /** So long an Escape within a paste may still become the mark of its end. */
  private static final long LONE_NANOS = 500_000_000L;

  /** After such a silence a single byte is more likely typed than pasted. */
  private static final long PAUSE_NANOS = 300_000_000L;

  /** What began with an Escape and is not whole yet; a character is a byte. */
  private final StringBuilder begun = new StringBuilder();

  private final ByteArrayOutputStream left = new ByteArrayOutputStream();

  /** Whether that Escape has been handed on as a key already. */
  private boolean heard;

  private boolean inside;

  /** Whether the present burst is nothing but Ctrl-C within a paste. */
  private boolean interrupted;

  /** Whether a paste was given up whose end never came: more of it may follow. */
  private boolean doubtful;

  /** Whether the present burst may be such a rest. */
  private boolean rest;

  private long lastByte;
  private long lastPasted;

  /**
   * What is to be handed on now of a burst.
   *
   * @param now when it came, in nanoseconds
   */
  byte[] tamed(byte[] burst, int count, long now) {
    boolean typed = count == 1 && now - lastPasted > PAUSE_NANOS;
    boolean wasInside = inside;
    interrupted = inside && IntStream.range(0, count).allMatch(i -> burst[i] == CTRL_C);
    rest = doubtful && IntStream.range(0, count).anyMatch(i -> burst[i] > ' ') && count > 1;
    for (int i = 0; i < count; i++) {
      take(burst[i]);
    }
    lastByte = now;
    if (!(wasInside && typed)) {
      lastPasted = now;
    }
    return handedOn();
  }

  /**
   * What is to be handed on because nothing more came.
   *
   * @param now the present time, in nanoseconds
   */
  byte[] quiet(long now) {
    rest = false;
    if (interrupted) {
      giveUp();
      left.write(CTRL_C);
    }
    interrupted = false;
    if (begun.length() == 1 && !heard && (!inside || now - lastByte > LONE_NANOS)) {
      giveUp();
      left.write(ESCAPE);
      heard = true;
    }
    if (now - lastByte > LOST_NANOS) {
      forget();
    }
    if (now - lastPasted > LOST_NANOS) {
      giveUp();
    }
    return handedOn();
  }

  private void giveUp() {
    doubtful = doubtful || inside;
    inside = false;
  }

  private void take(byte one) {
    if (begun.isEmpty()) {
      begin(one);
    } else if (begun.length() == 1) {
      follow(one);
    } else if (one >= ' ' && one < '@' && begun.length() < LONGEST) {
      begun.append((char) one);
    } else if (one >= '@' && one < DELETE) {
      begun.append((char) one);
      whole();
    } else {
      forget();
      begin(one);
    }
  }

  private void begin(byte one) {
    if (one == ESCAPE) {
      begun.append((char) one);
    } else {
      put(one);
    }
  }

  /** What comes right after an Escape: more of a key, or a key of its own. */
  private void follow(byte one) {
    if (one == '[' || one == 'O' && !heard) {
      begun.append((char) one);
      return;
    }
    if (!heard) {
      put((byte) ESCAPE);
    }
    forget();
    begin(one);
  }

  private void whole() {
    String sequence = begun.toString();
    forget();
    if (sequence.equals(BEGIN) || sequence.equals(END)) {
      inside = sequence.equals(BEGIN);
      doubtful = false;
      rest = false;
    } else {
      byte[] bytes = sequence.getBytes(StandardCharsets.US_ASCII);
      // In a paste it is the text that is left of it, elsewhere a key.
      left.write(bytes, inside ? 1 : 0, inside ? bytes.length - 1 : bytes.length);
    }
  }

  private void forget() {
    begun.setLength(0);
    heard = false;
  }

  private void put(byte one) {
    if (!inside && !rest || printable(one)) {
      left.write(one);
    }
  }

  private byte[] handedOn() {
    byte[] all = left.toByteArray();
    left.reset();
    return all;
  }

  /** Bytes of UTF-8 beyond ASCII are negative here. */
  private static boolean printable(byte one) {
    return one < 0 || one >= ' ' && one != DELETE;
  }
}
