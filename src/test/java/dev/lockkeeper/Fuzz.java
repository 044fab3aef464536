package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.lockkeeper.view.Shown;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Bytes that nobody meant, made of some that somebody did. {@code -Dlockkeeper.test.fuzz} is for
 * how many seconds each parser is tried, {@code -Dlockkeeper.test.seed} what is drawn.
 */
public final class Fuzz {
  /** Stands where a secret stands: no message may hold it. */
  public static final String SECRET = "HUSHHUSH";

  private static final long SECONDS = Long.getLong("lockkeeper.test.fuzz", 1);
  private static final long SEED = Long.getLong("lockkeeper.test.seed", 20_260_101);

  /** However slow the machine is. */
  private static final int LEAST = 100;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final List<String> PIECES =
      List.of(
          "\u001b]0;x\u0007",
          "\u0000",
          "\u009b",
          "\u202e",
          "{",
          "}",
          "[",
          "]",
          "\"",
          ":",
          "\n",
          "- ",
          "&a ",
          "*a",
          "!!js ",
          "|\n",
          "null",
          "-1",
          "1e999",
          "99999999999999999999",
          "\\ud800",
          "\u001b[200~",
          "\u001b[",
          "\u001b[<0;1;1M",
          "\ud83d\ude00",
          "---\n",
          "<<: *a\n",
          "\t");

  private final Random random = new Random(SEED);

  /** What is made of some bytes; whatever it throws is a defect. */
  @FunctionalInterface
  public interface Parser {
    /** The message that an operator would see; empty where there is none. */
    String parse(byte[] bytes) throws Exception;
  }

  /**
   * Tries a parser until the time is over.
   *
   * @param what its name
   * @param examples what it is meant to read
   */
  public static void of(String what, List<byte[]> examples, Parser parser) {
    new Fuzz().run(what, examples, parser);
  }

  private void run(String what, List<byte[]> examples, Parser parser) {
    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    int tried = 0;
    while (System.nanoTime() < end || tried < LEAST) {
      byte[] bytes = changed(examples.get(random.nextInt(examples.size())));
      assertTimeoutPreemptively(PATIENCE, () -> attempt(what, bytes, parser));
      tried++;
    }
    System.out.printf("%s: seed %d, %d inputs%n", what, SEED, tried);
    assertThat(tried).isPositive();
  }

  private static void attempt(String what, byte[] bytes, Parser parser) {
    String message;
    try {
      message = parser.parse(bytes);
    } catch (Exception | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError(what + " of " + Arrays.toString(bytes), e);
    }
    assertThat(message).as("%s of %s", what, Arrays.toString(bytes)).doesNotContain(SECRET);
    Inert.assertInert(Shown.of(message).text());
  }

  private byte[] changed(byte[] example) {
    byte[] bytes = example;
    for (int left = random.nextInt(6); left >= 0; left--) {
      int at = random.nextInt(bytes.length + 1);
      int to = at + random.nextInt(Math.min(40, bytes.length - at) + 1);
      bytes =
          switch (random.nextInt(6)) {
            case 0 -> joined(bytes, at, noise(), at);
            case 1 -> joined(bytes, at, noise(), to);
            case 2 -> Arrays.copyOf(bytes, at);
            case 3 -> joined(bytes, to, Arrays.copyOfRange(bytes, at, to), to);
            case 4 -> joined(bytes, at, piece(), at);
            default -> joined(bytes, at, piece().clone(), to);
          };
    }
    return bytes;
  }

  private byte[] noise() {
    byte[] noise = new byte[1 + random.nextInt(4)];
    random.nextBytes(noise);
    return noise;
  }

  private byte[] piece() {
    String piece = PIECES.get(random.nextInt(PIECES.size()));
    return piece.repeat(random.nextInt(50) == 0 ? 2_000 : 1).getBytes(StandardCharsets.UTF_8);
  }

  /** The bytes before {@code from}, those between, and the bytes after {@code to}. */
  private static byte[] joined(byte[] bytes, int from, byte[] between, int to) {
    byte[] all = Arrays.copyOf(bytes, from + between.length + bytes.length - to);
    System.arraycopy(between, 0, all, from, between.length);
    System.arraycopy(bytes, to, all, from + between.length, bytes.length - to);
    return all;
  }
}
