package dev.lockkeeper.check;

import java.util.Optional;

/**
 * The answer to a check.
 *
 * @param answer pass, fail or unknown
 * @param evidence what was seen, in one line
 * @param figure a short value in the evidence that can be typed to show that it was read, such as a
 *     count
 */
public record Verdict(Answer answer, String evidence, Optional<String> figure) {
  /** "No" and "could not find out" are different answers. */
  public enum Answer {
    PASS,
    FAIL,
    UNKNOWN
  }

  public static Verdict pass(String evidence) {
    return new Verdict(Answer.PASS, evidence, Optional.empty());
  }

  public static Verdict fail(String evidence) {
    return new Verdict(Answer.FAIL, evidence, Optional.empty());
  }

  public static Verdict unknown(String evidence) {
    return new Verdict(Answer.UNKNOWN, evidence, Optional.empty());
  }

  /** PASS or FAIL. */
  public static Verdict of(boolean passed, String evidence) {
    return passed ? pass(evidence) : fail(evidence);
  }

  /** The same verdict with a value in its evidence that can be typed. */
  public Verdict withFigure(String value) {
    return new Verdict(answer, evidence, Optional.of(value));
  }

  public boolean passed() {
    return answer == Answer.PASS;
  }
}
