package dev.lockkeeper.terminal;

import java.io.IOException;
import java.io.InputStream;

/**
 * What was typed, in the bursts in which it arrives. A thread of its own reads the terminal, so
 * that {@link #available} tells the truth and a key that sends several bytes becomes visible whole;
 * a reader that took them one by one would see Escape and letters instead of an arrow.
 */
final class TypedInput extends InputStream {
  private static final int ESCAPE = 0x1b;

  /**
   * In raw mode a read returns after a tenth of a second with nothing, which Java calls the end.
   */
  private static final long QUICK_NANOS = 20_000_000L;

  /** So many empty reads without that delay mean that the terminal has really gone. */
  private static final int GONE = 50;

  private final InputStream terminal;
  private final Pasted pasted = new Pasted();
  private byte[] typed = new byte[0];
  private int taken;
  private boolean ended;

  /** Starts to read; the thread is a daemon and ends with the input. */
  TypedInput(InputStream terminal) {
    this.terminal = terminal;
    Thread reader = new Thread(this::readAll, "terminal-input");
    reader.setDaemon(true);
    reader.start();
  }

  @Override
  public synchronized int available() {
    return typed.length - taken;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) <= 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public synchronized int read(byte[] into, int from, int length) {
    while (taken == typed.length && length > 0) {
      if (ended) {
        return -1;
      }
      try {
        wait();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return -1;
      }
    }
    int count = Math.min(length, typed.length - taken);
    System.arraycopy(typed, taken, into, from, count);
    taken += count;
    return count;
  }

  private void readAll() {
    byte[] burst = new byte[8192];
    int quick = 0;
    try {
      while (quick < GONE) {
        long start = System.nanoTime();
        int count = terminal.read(burst);
        if (count > 0) {
          quick = 0;
          publish(pasted.tamed(burst, count + restOfKey(burst, count)));
        } else {
          quick = System.nanoTime() - start < QUICK_NANOS ? quick + 1 : 0;
        }
      }
    } catch (IOException gone) {
      // A terminal that hangs up answers with an error; it is the end like any other.
    }
    end();
  }

  /**
   * When a burst ends within an escape sequence, the network may have cut a key in two: one more
   * read, which lasts a tenth of a second at most.
   */
  private int restOfKey(byte[] burst, int count) throws IOException {
    return count < burst.length && endsWithinKey(burst, count)
        ? Math.max(0, terminal.read(burst, count, burst.length - count))
        : 0;
  }

  /** Whether the last key is an Escape alone, or a sequence without its last letter. */
  static boolean endsWithinKey(byte[] burst, int count) {
    int start = count - 1;
    while (start >= 0 && burst[start] != ESCAPE) {
      start--;
    }
    if (start < 0 || start == count - 1) {
      return start >= 0;
    }
    int introducer = burst[start + 1];
    if (introducer != '[' && introducer != 'O') {
      return false;
    }
    for (int i = start + 2; i < count; i++) {
      if (burst[i] >= '@' && burst[i] <= '~') {
        return false;
      }
    }
    return true;
  }

  private synchronized void publish(byte[] burst) {
    byte[] all = new byte[typed.length - taken + burst.length];
    System.arraycopy(typed, taken, all, 0, typed.length - taken);
    System.arraycopy(burst, 0, all, typed.length - taken, burst.length);
    typed = all;
    taken = 0;
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }
}
