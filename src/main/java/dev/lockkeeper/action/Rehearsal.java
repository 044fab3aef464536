package dev.lockkeeper.action;

import java.util.List;

/**
 * What the server says to a request that it was asked to judge and not to carry out.
 *
 * @param verdict whether it would do it
 * @param lines what would be different afterwards, a line each, as the server answered; or why it
 *     would refuse, or why nobody could ask it
 */
public record Rehearsal(Verdict verdict, List<String> lines) {
  /** Whether the server would do it. */
  public enum Verdict {
    /** It accepted the request and changed nothing. */
    ACCEPTED,
    /**
     * It accepted the request and changed nothing, but what it would make is not what was asked: an
     * admission webhook changes it on the way. The first line says so.
     */
    OTHERWISE,
    /** It would refuse. */
    REFUSED,
    /** Nobody could ask it, or it does not answer such questions. */
    NOT_ASKED
  }

  public Rehearsal {
    lines = List.copyOf(lines);
  }

  /** It would be refused, and why. */
  public static Rehearsal refused(String why) {
    return new Rehearsal(Verdict.REFUSED, List.of(why));
  }

  /** It was not found out, and why. */
  public static Rehearsal notAsked(String why) {
    return new Rehearsal(Verdict.NOT_ASKED, List.of(why));
  }
}
