package dev.lockkeeper.wizard;

/**
 * A line that is being typed, edited with the keys that a shell has for it.
 *
 * @param text what was typed so far
 * @param caret before which character the next one goes, counted in chars from 0
 * @param offered whether nobody has touched what stands there: what is typed first replaces it
 */
public record TypedLine(String text, int caret, boolean offered) {
  /** Nothing was typed. */
  static final TypedLine EMPTY = new TypedLine("", 0);

  TypedLine(String text, int caret) {
    this(text, caret, false);
  }

  /** A text that is offered as the answer. */
  static TypedLine offering(String text) {
    return new TypedLine(text, text.length(), !text.isEmpty());
  }

  /** A text that stands there, with the caret behind it. */
  static TypedLine of(String text) {
    return new TypedLine(text, text.length());
  }

  /** The same text as typed keeps the caret; another one has it at its end. */
  TypedLine reading(String other) {
    return other.equals(text) ? this : of(other);
  }

  /** What is left of the caret. */
  public String before() {
    return text.substring(0, caret);
  }

  /** What is right of the caret. */
  public String after() {
    return text.substring(caret);
  }

  /** Whether a key edits a line or moves in it. */
  static boolean edits(Key key) {
    return switch (key.name()) {
      case BACKSPACE, DELETE, LEFT, RIGHT, HOME, END -> true;
      case CHARACTER ->
          key.ctrl()
              ? "abdefhkuw".indexOf(key.character()) >= 0
              : !Character.isISOControl(key.character());
      default -> false;
    };
  }

  /** What becomes of it by this key; the same when the key is not for a line. */
  TypedLine after(Key key) {
    return switch (key.name()) {
      case CHARACTER -> key.ctrl() ? commanded(key.character()) : typing(key.character());
      case BACKSPACE -> without(left(), caret);
      case DELETE -> without(caret, key.ctrl() ? wordRight() : right());
      case LEFT -> at(key.ctrl() ? wordLeft() : left());
      case RIGHT -> at(key.ctrl() ? wordRight() : right());
      case HOME -> at(0);
      case END -> at(text.length());
      default -> this;
    };
  }

  private TypedLine commanded(char letter) {
    return switch (letter) {
      case 'a' -> at(0);
      case 'e' -> at(text.length());
      case 'b' -> at(left());
      case 'f' -> at(right());
      case 'd' -> without(caret, right());
      case 'h' -> without(left(), caret);
      case 'k' -> without(caret, text.length());
      case 'u' -> without(0, caret);
      case 'w' -> without(blankLeft(), caret);
      default -> this;
    };
  }

  private TypedLine typing(char typed) {
    if (offered) {
      return EMPTY.typing(typed);
    }
    boolean taken = text.length() < Reply.LONGEST && !Character.isISOControl(typed);
    return taken ? new TypedLine(before() + typed + after(), caret + 1) : this;
  }

  private TypedLine at(int place) {
    return new TypedLine(text, place);
  }

  private TypedLine without(int from, int to) {
    return new TypedLine(text.substring(0, from) + text.substring(to), from);
  }

  private int left() {
    return caret == 0 ? 0 : text.offsetByCodePoints(caret, -1);
  }

  private int right() {
    return caret == text.length() ? caret : text.offsetByCodePoints(caret, 1);
  }

  /** The begin of the word before the caret, as Alt-B goes there. */
  private int wordLeft() {
    int place = caret;
    while (place > 0 && !isOfAWord(place - 1)) {
      place--;
    }
    while (place > 0 && isOfAWord(place - 1)) {
      place--;
    }
    return place;
  }

  /** The end of the word after the caret, as Alt-F goes there. */
  private int wordRight() {
    int place = caret;
    while (place < text.length() && !isOfAWord(place)) {
      place++;
    }
    while (place < text.length() && isOfAWord(place)) {
      place++;
    }
    return place;
  }

  /** Where what stands between blanks begins, as Ctrl-W deletes it. */
  private int blankLeft() {
    int place = caret;
    while (place > 0 && text.charAt(place - 1) == ' ') {
      place--;
    }
    while (place > 0 && text.charAt(place - 1) != ' ') {
      place--;
    }
    return place;
  }

  /** Half of a character that needs two belongs to a word, so that none is torn. */
  private boolean isOfAWord(int at) {
    char one = text.charAt(at);
    return Character.isLetterOrDigit(one) || Character.isSurrogate(one);
  }
}
