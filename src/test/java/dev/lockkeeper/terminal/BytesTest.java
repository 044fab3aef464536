package dev.lockkeeper.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Bytes to and from the terminal. */
class BytesTest {
  @Test
  void whatIsFlushedIsOneWriteBetweenItsMarks() throws IOException {
    List<String> writes = new ArrayList<>();
    OutputStream terminal =
        new OutputStream() {
          @Override
          public void write(int value) {
            writes.add("one byte");
          }

          @Override
          public void write(byte[] bytes, int from, int length) {
            writes.add(new String(bytes, from, length, StandardCharsets.UTF_8));
          }
        };
    try (FrameOutput output = new FrameOutput(terminal)) {
      output.flush();
      output.write('a');
      output.write("b日".getBytes(StandardCharsets.UTF_8));
      output.flush();
      output.flush();
      output.write('c');
      output.flush();
    }
    assertThat(writes).containsExactly("\033[?2026hab日\033[?2026l", "\033[?2026hc\033[?2026l");
  }

  @Test
  void aKeyThatTheNetworkCutInTwoBecomesVisibleWhole() throws Exception {
    BlockingQueue<String> network = new LinkedBlockingQueue<>();
    try (TypedInput input = new TypedInput(bursts(network))) {
      network.put("x\u001b[");
      Thread.sleep(50);
      assertThat(input.available()).isEqualTo("x".length());
      network.put("B");
      Awaitility.await().until(() -> input.available() == 4);
      assertThat(input.readNBytes(4)).isEqualTo("x\u001b[B".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void aTerminalThatHasGoneEndsTheInput() throws IOException {
    try (TypedInput input = new TypedInput(InputStream.nullInputStream())) {
      assertThat(input.read()).isEqualTo(-1);
      assertThat(input.available()).isZero();
    }
  }

  private static InputStream bursts(BlockingQueue<String> network) {
    return new InputStream() {
      @Override
      public int read() {
        throw new AssertionError("one byte at a time");
      }

      @Override
      public int read(byte[] into, int from, int length) throws IOException {
        try {
          byte[] burst = network.take().getBytes(StandardCharsets.UTF_8);
          System.arraycopy(burst, 0, into, from, burst.length);
          return burst.length;
        } catch (InterruptedException interrupted) {
          throw new IOException(interrupted);
        }
      }
    };
  }
}
