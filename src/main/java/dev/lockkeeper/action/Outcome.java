package dev.lockkeeper.action;

/**
 * How a request ended.
 *
 * @param result what is known about it
 * @param detail a sentence for the operator: what the server said
 */
public record Outcome(Result result, String detail) {
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

  public static Outcome done(String detail) {
    return new Outcome(Result.DONE, detail);
  }

  public static Outcome refused(String detail) {
    return new Outcome(Result.REFUSED, detail);
  }

  public static Outcome unknown(String detail) {
    return new Outcome(Result.UNKNOWN, detail);
  }
}
