package dev.lockkeeper.live;

import dev.lockkeeper.snapshot.Inspected;
import dev.lockkeeper.view.Display;
import dev.lockkeeper.wizard.Event;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** A display that is listened to once, by one loop after the other. */
final class Listening {
  private volatile Consumer<Event> taking = event -> {};
  private volatile Runnable again = () -> {};
  private volatile Runnable gone = () -> {};
  private final Queue<Event> kept = new ConcurrentLinkedQueue<>();
  private volatile boolean over;

  private Listening() {}

  /** Listens from now on; until somebody wants it, what comes is dropped. */
  static Listening to(Display display) {
    Listening listening = new Listening();
    display.listen(
        event -> listening.taking.accept(event), () -> listening.again.run(), listening::end);
    return listening;
  }

  private synchronized void end() {
    over = true;
    gone.run();
  }

  /** Keeps what comes for the next loop. */
  synchronized void keep() {
    taking = kept::add;
    again = () -> {};
    gone = () -> {};
  }

  /** Hands all that comes to this loop, as {@link Display#listen} has it, and what was kept. */
  synchronized void hand(Consumer<Event> taking, Runnable again, Runnable gone) {
    this.taking = taking;
    for (Event event = kept.poll(); event != null; event = kept.poll()) {
      taking.accept(event);
    }
    this.again = again;
    this.gone = gone;
    if (over) {
      gone.run();
    }
  }

  /** Takes what was read for whoever looks at the display. */
  void looked(Inspected read) {
    taking.accept(new Event.Looked(read));
  }

  /** Whether nobody can be seen or heard any more. */
  boolean isOver() {
    return over;
  }
}
