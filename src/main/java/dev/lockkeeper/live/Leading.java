package dev.lockkeeper.live;

import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.cli.Target;
import java.util.function.Consumer;

/** Tells where to go. */
public interface Leading {
  /**
   * The target; blocks while it is made, as a practice world is.
   *
   * @param progress takes what is being done for it, a few words each time
   * @throws Failure if there is none
   */
  Target target(Consumer<String> progress) throws Failure;

  /** To a target that is there. */
  static Leading to(Target target) {
    return progress -> target;
  }
}
