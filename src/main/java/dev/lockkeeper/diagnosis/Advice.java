package dev.lockkeeper.diagnosis;

/** What helps against a finding. */
public sealed interface Advice permits Advice.Act, Advice.FindOut {
  /** It in a sentence or two. */
  String text();

  /** The step that does it, as {@code runbook id}, or {@link Finding#SUPPORT}, or empty. */
  String answeredBy();

  /** Whether it is an act. */
  default boolean isAct() {
    return false;
  }

  /**
   * An act: it ends, stops, rolls back, scales or changes something. Only what is proven advises
   * one.
   */
  record Act(String text, String answeredBy) implements Advice {
    @Override
    public boolean isAct() {
      return true;
    }
  }

  /** To look, to ask, to wait or to leave it alone: nothing is lost by it. */
  record FindOut(String text, String answeredBy) implements Advice {}

  /** An act that no step of a runbook does. */
  static Act act(String text) {
    return new Act(text, "");
  }

  static Act act(String text, String answeredBy) {
    return new Act(text, answeredBy);
  }

  /** To be done by nobody's hand but the operator's eyes. */
  static FindOut findOut(String text) {
    return new FindOut(text, "");
  }

  static FindOut findOut(String text, String answeredBy) {
    return new FindOut(text, answeredBy);
  }
}
