package dev.lockkeeper.wizard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What follows from an event.
 *
 * @param state the next state
 * @param effects what is to be done outside, in order
 */
public record Next(State state, List<Effect> effects) {
  public Next {
    effects = List.copyOf(effects);
  }

  static Next of(State state, Effect... effects) {
    return new Next(state, List.of(effects));
  }

  /** The same, with one more thing to be done. */
  Next and(Effect effect) {
    List<Effect> all = new ArrayList<>(effects);
    all.add(effect);
    return new Next(state, all);
  }

  /** The same, followed by another step of thought. */
  Next then(Function<State, Next> more) {
    Next next = more.apply(state);
    List<Effect> all = new ArrayList<>(effects);
    all.addAll(next.effects());
    return new Next(next.state(), all);
  }
}
