package dev.lockkeeper.view;

import dev.lockkeeper.wizard.Approach;
import dev.lockkeeper.wizard.Event;
import dev.lockkeeper.wizard.State;
import dev.lockkeeper.wizard.Watching;
import java.util.function.Consumer;

/**
 * What the wizard is seen on and answered from: the whole of a terminal, or lines one after the
 * other. What it shows follows from the state alone; what it puts when something is asked is a
 * {@link ShownQuestion}.
 */
public interface Display extends AutoCloseable {
  /**
   * Begins to hand over what is done at it, on threads of its own; to be called once.
   *
   * @param taking takes keys that were pressed and questions that were answered, with the moment of
   *     either, and which question was in sight to its end
   * @param again is told when all has to be shown once more, because the room for it has changed
   * @param gone is told when nobody can be seen or heard any more
   */
  void listen(Consumer<Event> taking, Runnable again, Runnable gone);

  /** Shows the walk, and comes back when it is out: what is answered later was answered to it. */
  void show(State state);

  /** Shows a walk that cannot begin yet, and comes back when it is out. */
  void show(Approach state);

  /** Shows the panels alone, and comes back when it is out. */
  void show(Watching state);

  /**
   * Hands text to the clipboard of whoever sits there; whether it arrives is not known.
   *
   * @param inert the text, which acts on no terminal
   */
  Copied copy(String inert);

  /**
   * What came of it.
   *
   * @param way how far it went
   * @param length how many characters of it
   */
  record Copied(Way way, int length) {
    /** How far it went. */
    public enum Way {
      /** It was sent. */
      SENT,
      /** Its beginning was sent, for it is too long. */
      CUT,
      /** The environment says that nothing is to be sent. */
      OFF,
      /** This display has no clipboard. */
      NONE
    }
  }

  /** Gives back what it was shown on; a second call does nothing. */
  @Override
  void close();
}
