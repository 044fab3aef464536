package dev.lockkeeper.wizard;

/**
 * A key that answers a question.
 *
 * @param key the key
 */
record KeyInput(Key key) {
  boolean enters() {
    return key.name() == Key.Name.ENTER;
  }

  boolean escapes() {
    return key.name() == Key.Name.ESCAPE || key.equals(Key.ctrl('c'));
  }

  boolean toggles() {
    return switch (key.name()) {
      case LEFT, RIGHT, TAB, BACK_TAB, UP, DOWN -> true;
      default -> false;
    };
  }

  String edited(String typed) {
    if (key.equals(Key.ctrl('u'))) {
      return "";
    }
    return switch (key.name()) {
      case BACKSPACE -> typed.isEmpty() ? typed : typed.substring(0, typed.length() - 1);
      case CHARACTER ->
          key.ctrl() || typed.length() >= Reply.LONGEST || Character.isISOControl(key.character())
              ? typed
              : typed + key.character();
      default -> typed;
    };
  }
}
