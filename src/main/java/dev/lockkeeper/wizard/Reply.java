package dev.lockkeeper.wizard;

import java.util.stream.Collectors;

/**
 * What was answered to a question, by whatever a display has for it: keys, or a line that was
 * typed.
 *
 * @param kind of which kind it is
 * @param text what was typed; empty with any other kind
 * @param option which option was chosen, counted from 0; {@link Dialog.Choose#NONE} with any other
 *     kind, and where none was
 */
public record Reply(Kind kind, String text, int option) {
  /** Longer text than this is no answer; what is longer is cut. */
  static final int LONGEST = 200;

  /** The kinds of answers. */
  public enum Kind {
    /** Let it be: nothing is done. That may always be said, also before the question was read. */
    CANCEL,
    /** Do it. */
    YES,
    /** What was typed. */
    TYPED,
    /** The option that was chosen. */
    CHOSEN
  }

  public Reply {
    text =
        text.codePoints()
            .filter(each -> !Character.isISOControl(each))
            .limit(LONGEST)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
  }

  public static Reply cancel() {
    return new Reply(Kind.CANCEL, "", Dialog.Choose.NONE);
  }

  public static Reply yes() {
    return new Reply(Kind.YES, "", Dialog.Choose.NONE);
  }

  public static Reply typed(String text) {
    return new Reply(Kind.TYPED, text, Dialog.Choose.NONE);
  }

  public static Reply chosen(int option) {
    return new Reply(Kind.CHOSEN, "", option);
  }

  /** What was typed; no answer of another kind is text, not even an empty one. */
  boolean isTyped() {
    return kind == Kind.TYPED;
  }

  boolean cancels() {
    return kind == Kind.CANCEL;
  }
}
