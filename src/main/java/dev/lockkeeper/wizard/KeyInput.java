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
    return key.name() == Key.Name.ESCAPE || interrupts();
  }

  boolean interrupts() {
    return key.equals(Key.ctrl('c'));
  }

  boolean toggles() {
    return switch (key.name()) {
      case LEFT, RIGHT, TAB, BACK_TAB, UP, DOWN -> true;
      default -> false;
    };
  }

  /**
   * How many lines further down it leads in a text; 0 when it does not scroll.
   *
   * @param page how many lines are a page
   */
  int lines(int page) {
    return switch (key.name()) {
      case DOWN -> 1;
      case UP -> -1;
      case PAGE_DOWN -> page;
      case PAGE_UP -> -page;
      case CHARACTER -> key.types(' ') ? page : key.types('j') ? 1 : key.types('k') ? -1 : 0;
      default -> 0;
    };
  }
}
