package dev.lockkeeper.live;

import dev.lockkeeper.wizard.Approach;
import dev.lockkeeper.wizard.Event;

/** A walk that cannot begin yet, on the screen. */
final class ShownApproach implements Approaching.Shown<Approach> {
  @Override
  public Approach after(Approach state, Event event) {
    return state.after(event);
  }

  @Override
  public boolean leaves(Approach state) {
    return state.wish() == Approach.Wish.LEAVE;
  }

  @Override
  public boolean retries(Approach state) {
    return state.wish() == Approach.Wish.RETRY;
  }

  @Override
  public Approach anew(Approach state) {
    return Approach.starting(state.picture());
  }
}
