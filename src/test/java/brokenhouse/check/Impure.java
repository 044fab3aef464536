package brokenhouse.check;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import java.util.concurrent.Executor;

/** Looks at the clock, starts threads and reads files in a room that is pure. */
record Impure(Executor executor, File file, Path path, URI uri) {
  Instant instant() {
    return Instant.now();
  }

  LocalDate date() {
    return LocalDate.now();
  }

  long millis() {
    return System.currentTimeMillis();
  }

  long nanos() {
    return System.nanoTime();
  }

  double chance() {
    return Math.random();
  }

  UUID uuid() {
    return UUID.randomUUID();
  }

  void thread() throws InterruptedException {
    Thread.sleep(1);
  }

  ProcessBuilder process() {
    return new ProcessBuilder("true");
  }
}
