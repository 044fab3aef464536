package dev.lockkeeper.view;

/** The marks of the screen and what they mean, for the help. */
enum Mark {
  HERE("▶", Style.STRONG, "the step on the screen; in a question: what enter would take"),
  GOOD("✔", Style.GOOD, "done; a check that passes; a pod that is Ready"),
  BAD("✖", Style.BAD, "a check that fails; something is wrong; cannot be undone"),
  WARN("▲", Style.WARN, "beware; somebody will notice; it was not done, and why"),
  DOING("◐", Style.WARN, "in progress: waiting for an answer, migrating, Terminating"),
  OWED("!", Style.WARN, "owed or not observed yet: something has still to be put back or seen"),
  OPEN("·", Style.DIM, "not done yet; a line that only tells"),
  LEFT_OUT(
      "–", Style.DIM, "left out, with a reason in the journal; a section that is not on your way"),
  NOT_TAKEN("○", Style.DIM, "an option that was not chosen; a pod that is not Ready"),
  TAKEN("●", Style.GOOD, "the option that was chosen; in red, who blocks others"),
  UNKNOWN("?", Style.UNKNOWN, "unknown: not read, read too long ago, or hidden from us"),
  NEXT("→", Style.KEY, "what comes next"),
  WAITS("…", Style.DIM, "what has to happen before it goes on");

  private final String sign;
  private final Style style;
  private final String meaning;

  Mark(String sign, Style style, String meaning) {
    this.sign = sign;
    this.style = style;
    this.meaning = meaning;
  }

  String sign() {
    return sign;
  }

  Style style() {
    return style;
  }

  String meaning() {
    return meaning;
  }
}
