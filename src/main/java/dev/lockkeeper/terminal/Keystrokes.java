package dev.lockkeeper.terminal;

import com.googlecode.lanterna.input.KeyStroke;
import dev.lockkeeper.wizard.Key;
import java.util.Optional;

/** Lanterna's keystrokes as the wizard's keys. */
final class Keystrokes {
  private Keystrokes() {}

  /**
   * The key, or empty for what the wizard does not know: mouse reports, reports of the terminal.
   */
  static Optional<Key> key(KeyStroke stroke) {
    if (stroke.isAltDown()) {
      return jump(stroke);
    }
    return switch (stroke.getKeyType()) {
      case Character -> character(stroke);
      case Escape -> named(Key.Name.ESCAPE, stroke);
      case Backspace -> named(Key.Name.BACKSPACE, stroke);
      case ArrowLeft -> named(Key.Name.LEFT, stroke);
      case ArrowRight -> named(Key.Name.RIGHT, stroke);
      case ArrowUp -> named(Key.Name.UP, stroke);
      case ArrowDown -> named(Key.Name.DOWN, stroke);
      case Delete -> named(Key.Name.DELETE, stroke);
      case Home -> named(Key.Name.HOME, stroke);
      case End -> named(Key.Name.END, stroke);
      case PageUp -> named(Key.Name.PAGE_UP, stroke);
      case PageDown -> named(Key.Name.PAGE_DOWN, stroke);
      case Tab -> named(Key.Name.TAB, stroke);
      case ReverseTab -> named(Key.Name.BACK_TAB, stroke);
      case Enter -> named(Key.Name.ENTER, stroke);
      case F1 -> named(Key.Name.F1, stroke);
      case F2 -> named(Key.Name.F2, stroke);
      case F3 -> named(Key.Name.F3, stroke);
      case F4 -> named(Key.Name.F4, stroke);
      case F5 -> named(Key.Name.F5, stroke);
      case F6 -> named(Key.Name.F6, stroke);
      case F7 -> named(Key.Name.F7, stroke);
      case F8 -> named(Key.Name.F8, stroke);
      case F9 -> named(Key.Name.F9, stroke);
      case F10 -> named(Key.Name.F10, stroke);
      case F11 -> named(Key.Name.F11, stroke);
      case F12 -> named(Key.Name.F12, stroke);
      case Insert, F13, F14, F15, F16, F17, F18, F19 -> Optional.empty();
      case Unknown, CursorLocation, MouseEvent, EOF -> Optional.empty();
    };
  }

  /**
   * Some terminals send Alt-B and Alt-F for a jump over a word, others an arrow with Ctrl or Alt.
   */
  private static Optional<Key> jump(KeyStroke stroke) {
    return switch (stroke.getKeyType()) {
      case ArrowLeft -> held(Key.Name.LEFT);
      case ArrowRight -> held(Key.Name.RIGHT);
      case Character ->
          switch (stroke.getCharacter()) {
            case 'b' -> held(Key.Name.LEFT);
            case 'f' -> held(Key.Name.RIGHT);
            case 'd' -> held(Key.Name.DELETE);
            default -> Optional.empty();
          };
      default -> Optional.empty();
    };
  }

  private static Optional<Key> held(Key.Name name) {
    return Optional.of(new Key(name, Key.NONE, true));
  }

  private static Optional<Key> character(KeyStroke stroke) {
    char character = stroke.getCharacter();
    return character == Key.NONE
        ? Optional.empty()
        : Optional.of(new Key(Key.Name.CHARACTER, character, stroke.isCtrlDown()));
  }

  private static Optional<Key> named(Key.Name name, KeyStroke stroke) {
    return Optional.of(new Key(name, Key.NONE, stroke.isCtrlDown()));
  }
}
