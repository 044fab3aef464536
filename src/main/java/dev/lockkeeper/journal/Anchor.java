package dev.lockkeeper.journal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of a journal as it is kept elsewhere, where whoever cuts lines off does not reach.
 *
 * @param run the run whose journal it is of
 * @param head where that ended when this was noted
 */
public record Anchor(String run, Head head) {
  private static final Pattern TEXT = Pattern.compile("([0-9a-f]{64}) ([0-9]{1,9}) (\\S+)");

  /** As it is noted: hash, number of lines, run. */
  public String text() {
    return "%s %d %s".formatted(head.hash(), head.lines(), run);
  }

  /** What was noted; empty when the text is not one of ours. */
  public static Optional<Anchor> of(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new Anchor(
                matcher.group(3), new Head(matcher.group(1), Integer.parseInt(matcher.group(2)))))
        : Optional.empty();
  }
}
