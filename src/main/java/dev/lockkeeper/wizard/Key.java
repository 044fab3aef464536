package dev.lockkeeper.wizard;

import java.util.Locale;
import java.util.Objects;

/**
 * One key that was pressed.
 *
 * @param name which key; {@link Name#CHARACTER} for one that types a character
 * @param character the character that it types, without regard to ctrl (ctrl-C is {@code 'c'} with
 *     ctrl); {@link #NONE} for a named key
 * @param ctrl whether ctrl was held
 */
public record Key(Name name, char character, boolean ctrl) {
  /** The character of a key that types none. */
  public static final char NONE = '\0';

  public Key {
    Objects.requireNonNull(name);
    if ((name == Name.CHARACTER) == (character == NONE)) {
      throw new IllegalArgumentException("a character belongs to CHARACTER and to no other key");
    }
  }

  /** A key that has a name, alone. */
  public static Key of(Name name) {
    return new Key(name, NONE, false);
  }

  /** A key that types this character. */
  public static Key of(char character) {
    return new Key(Name.CHARACTER, character, false);
  }

  /** A key that types this character, held with ctrl. */
  public static Key ctrl(char character) {
    return new Key(Name.CHARACTER, character, true);
  }

  /** Its name as it is shown, such as {@code z}, {@code ctrl-z} or {@code page up}. */
  String label() {
    String alone =
        switch (name) {
          case CHARACTER -> character == ' ' ? "space" : String.valueOf(character);
          case ESCAPE -> "esc";
          case UP -> "↑";
          case DOWN -> "↓";
          case LEFT -> "←";
          case RIGHT -> "→";
          default -> name.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    return ctrl ? "ctrl-" + alone : alone;
  }

  /** Whether this key types this character without ctrl. */
  public boolean types(char wanted) {
    return name == Name.CHARACTER && !ctrl && character == wanted;
  }

  /** The keys that the wizard knows. */
  public enum Name {
    ENTER,
    ESCAPE,
    UP,
    DOWN,
    LEFT,
    RIGHT,
    TAB,
    BACK_TAB,
    BACKSPACE,
    DELETE,
    HOME,
    END,
    PAGE_UP,
    PAGE_DOWN,
    F1,
    F2,
    F3,
    F4,
    F5,
    F6,
    F7,
    F8,
    F9,
    F10,
    F11,
    F12,
    /** A key that types a character. */
    CHARACTER
  }
}
