package dev.lockkeeper.action;

import java.util.List;

/**
 * How a request ended.
 *
 * @param result what is known about it
 * @param detail a sentence for the operator: what the server said
 * @param parts how it ended for each target, a line each, where there were several
 */
public record Outcome(Result result, String detail, List<String> parts) {
  /** What is known about a request that was sent. */
  public enum Result {
    /** The server did it. */
    DONE,
    /** The server did not do it, for certain. */
    REFUSED,
    /**
     * Nobody can say: the connection broke or the answer never came. It is settled by looking,
     * never by sending it again.
     */
    UNKNOWN
  }

  public Outcome {
    parts = List.copyOf(parts);
  }

  /** The same with how it ended for each target. */
  public Outcome with(List<String> each) {
    return new Outcome(result, detail, each);
  }

  public static Outcome done(String detail) {
    return new Outcome(Result.DONE, detail, List.of());
  }

  public static Outcome refused(String detail) {
    return new Outcome(Result.REFUSED, detail, List.of());
  }

  public static Outcome unknown(String detail) {
    return new Outcome(Result.UNKNOWN, detail, List.of());
  }
}
