package dev.lockkeeper.wizard;

import dev.lockkeeper.action.Plan;
import dev.lockkeeper.action.Request;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.snapshot.Inspection;
import dev.lockkeeper.snapshot.ObjectName;
import java.util.Optional;

/** Something to be done outside. */
public sealed interface Effect {
  /** Hands this effect to whoever can do it. */
  void run(Runner hands);

  /** What only looks, or takes away what is seen: nothing outside is changed by it. */
  sealed interface Look extends Effect {
    /** Hands this to whoever can do it. */
    void look(Looking hands);

    @Override
    default void run(Runner hands) {
      look(hands);
    }
  }

  /** Those who can look and take away. */
  interface Looking {
    /** Has this read of the cluster for whoever looks, from now on, or nothing. */
    void inspect(Optional<Inspection> wanted);

    /** Hands this to the terminal's clipboard, and answers with {@link Event.Taken}. */
    void copy(String text);

    /**
     * Writes this to a new file in the run's folder, and answers with {@link Event.Taken}.
     *
     * @param name what it is
     */
    void keep(String name, String text);
  }

  /** Those who can do everything. */
  interface Runner extends Looking {
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

  /** Read this, as long as nothing else is to be; answered with {@link Event.Looked}. */
  record Inspect(Optional<Inspection> wanted) implements Look {
    @Override
    public void look(Looking hands) {
      hands.inspect(wanted);
    }
  }

  /** Hand this to the clipboard. */
  record Copy(String text) implements Look {
    @Override
    public void look(Looking hands) {
      hands.copy(text);
    }
  }

  /** Write this to a file. */
  record Keep(String name, String text) implements Look {
    @Override
    public void look(Looking hands) {
      hands.keep(name, text);
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
