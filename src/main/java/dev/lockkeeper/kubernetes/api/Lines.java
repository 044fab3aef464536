package dev.lockkeeper.kubernetes.api;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts bytes, as they arrive, into lines; a letter may arrive in two pieces. */
final class Lines {
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private final Consumer<String> line;

  Lines(Consumer<String> line) {
    this.line = line;
  }

  /** How many bytes wait for the end of their line. */
  int pending() {
    return pending.size();
  }

  void add(byte[] bytes) {
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        pending.write(bytes, start, i - start);
        line.accept(pending.toString(StandardCharsets.UTF_8));
        pending.reset();
        start = i + 1;
      }
    }
    pending.write(bytes, start, bytes.length - start);
  }
}
