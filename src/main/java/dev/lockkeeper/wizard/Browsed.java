package dev.lockkeeper.wizard;

import java.util.List;

/**
 * What a key has made of an open panel.
 *
 * @param opened the panel
 * @param effects what is to be done outside
 */
record Browsed(Opened opened, List<Effect.Look> effects) {
  Browsed {
    effects = List.copyOf(effects);
  }

  static Browsed of(Opened opened) {
    return new Browsed(opened, List.of());
  }
}
