package dev.lockkeeper.wizard;

import dev.lockkeeper.action.Plan;
import dev.lockkeeper.action.Request;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.snapshot.ObjectName;
import java.util.Optional;

/** Something to be done outside. */
public sealed interface Effect {
  /** Hands this effect to whoever can do it. */
  void run(Runner hands);

  /** Those who can. */
  interface Runner {
    /**
     * Writes the entry, forces it to disk, and answers with {@link Event.Written} or {@link
     * Event.NotWritten}.
     */
    void append(Entry entry);

    /** Asks for the act, once, and answers with {@link Event.Performed}. */
    void perform(String step, Request request);

    /** Asks the server to judge the request, and answers with {@link Event.Rehearsed}. */
    void rehearse(Request request);

    /** Nobody waits any more for what the server was asked to judge. */
    void withdraw();

    /**
     * Asks for a second operator's look at the plan, and answers with {@link Event.LookAsked}; an
     * empty one takes the question back.
     */
    void askLook(Optional<Plan> plan);

    /** Has this object read as well from now on, or none. */
    void seek(Optional<ObjectName> object);

    /** Ends the program. */
    void quit();
  }

  /** Write this to the journal. */
  record Append(Entry entry) implements Effect {
    @Override
    public void run(Runner hands) {
      hands.append(entry);
    }
  }

  /** Do this. It is made only from an intention that came back written. */
  record Perform(String step, Request request) implements Effect {
    @Override
    public void run(Runner hands) {
      hands.perform(step, request);
    }
  }

  /** Ask whether this would be done. */
  record Rehearse(Request request) implements Effect {
    @Override
    public void run(Runner hands) {
      hands.rehearse(request);
    }
  }

  /** Ask no longer whether it would be done. */
  record Withdraw() implements Effect {
    @Override
    public void run(Runner hands) {
      hands.withdraw();
    }
  }

  /** Have a second operator look at this. */
  record AskLook(Optional<Plan> plan) implements Effect {
    @Override
    public void run(Runner hands) {
      hands.askLook(plan);
    }
  }

  /** Look this up, as long as nothing else is to be. */
  record Seek(Optional<ObjectName> object) implements Effect {
    @Override
    public void run(Runner hands) {
      hands.seek(object);
    }
  }

  /** Leave. */
  record Quit() implements Effect {
    @Override
    public void run(Runner hands) {
      hands.quit();
    }
  }
}
