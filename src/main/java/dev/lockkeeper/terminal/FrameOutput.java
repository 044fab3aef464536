package dev.lockkeeper.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Gathers bytes until they are flushed and then writes them at once, between the marks of
 * synchronized output, so that a terminal never shows half a frame.
 */
final class FrameOutput extends OutputStream {
  private static final byte[] BEGIN = "\033[?2026h".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\033[?2026l".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream terminal;
  private final ByteArrayOutputStream frame = new ByteArrayOutputStream(1 << 16);

  FrameOutput(OutputStream terminal) {
    this.terminal = terminal;
    begin();
  }

  @Override
  public synchronized void write(int value) {
    frame.write(value);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) {
    frame.write(bytes, from, length);
  }

  @Override
  public synchronized void flush() throws IOException {
    if (frame.size() == BEGIN.length) {
      return;
    }
    frame.writeBytes(END);
    byte[] all = frame.toByteArray();
    begin();
    terminal.write(all);
  }

  private void begin() {
    frame.reset();
    frame.writeBytes(BEGIN);
  }
}
