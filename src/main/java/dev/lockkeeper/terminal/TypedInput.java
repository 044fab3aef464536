package dev.lockkeeper.terminal;

import java.io.IOException;
import java.io.InputStream;

/**
 * What was typed, in the bursts in which it arrives. A thread of its own reads the terminal, so
 * that {@link #available} tells the truth and a key that sends several bytes becomes visible whole;
 * a reader that took them one by one would see Escape and letters instead of an arrow.
 */
final class TypedInput extends InputStream {
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
        long now = System.nanoTime();
        if (count > 0) {
          quick = 0;
          publish(pasted.tamed(burst, count, now));
        } else if (now - start < QUICK_NANOS) {
          quick++;
        } else {
          quick = 0;
          publish(pasted.quiet(now));
        }
      }
    } catch (IOException gone) {
      // A terminal that hangs up answers with an error; it is the end like any other.
    }
    end();
  }

  private synchronized void publish(byte[] burst) {
    if (burst.length == 0) {
      return;
    }
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
