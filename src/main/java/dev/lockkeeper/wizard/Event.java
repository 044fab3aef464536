package dev.lockkeeper.wizard;

import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.action.Request;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Fact;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.Inspected;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.SecondLook;
import java.time.Duration;
import java.time.Instant;

/** Something that happened outside. */
public sealed interface Event {
  /** Hands this event to the case that knows its kind. */
  <R> R match(Cases<R> cases);

  /** Whether a person did it before this moment, and so did not mean what was shown then. */
  default boolean typedBefore(Instant moment) {
    return false;
  }

  /** One case for each kind of event. */
  interface Cases<R> {
    R pressed(Pressed event);

    R answered(Answered event);

    R ticked(Ticked event);

    R seen(Seen event);

    R notReached(NotReached event);

    R painted(Painted event);

    R readToItsEnd(ReadToItsEnd event);

    R written(Written event);

    R notWritten(NotWritten event);

    R lookAsked(LookAsked event);

    R performed(Performed event);

    R advanced(Advanced event);

    R rehearsed(Rehearsed event);

    R clockSet(ClockSet event);

    R laid(Laid event);

    R looked(Looked event);

    R taken(Taken event);
  }

  /**
   * A key was pressed; {@code at} is when it arrived, which can be before what it is taken for was
   * on the screen.
   */
  record Pressed(Key key, Instant at) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.pressed(this);
    }

    @Override
    public boolean typedBefore(Instant moment) {
      return at.isBefore(moment);
    }
  }

  /**
   * A question was answered on a display that does so by itself; where keys are pressed, what they
   * answer is made out from {@link Pressed}.
   *
   * @param question as it was put; to any other one it is no answer
   * @param at when it was given, which can be before what it is taken for was on the screen
   */
  record Answered(Dialog question, Reply reply, Instant at) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.answered(this);
    }

    @Override
    public boolean typedBefore(Instant moment) {
      return at.isBefore(moment);
    }
  }

  /**
   * The end of a question was in sight, with what the server says to it.
   *
   * @param question as it was on the screen
   */
  record ReadToItsEnd(Dialog.Confirm question) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.readToItsEnd(this);
    }
  }

  /** So much of what can be scrolled is in sight. */
  record Laid(Extent extent) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.laid(this);
    }
  }

  /** What was asked for was read of the cluster; nothing follows from it but that it is shown. */
  record Looked(Inspected read) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.looked(this);
    }
  }

  /**
   * Something was taken away, or could not be.
   *
   * @param done whether it was
   * @param word what is to be said about it
   */
  record Taken(boolean done, String word) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.taken(this);
    }
  }

  /** Somebody set the machine's clock, forward by this or back, all in all. */
  record ClockSet(Duration by) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.clockSet(this);
    }
  }

  /** Time went on. */
  record Ticked(Instant now) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ticked(this);
    }
  }

  /** A source has looked, whichever it is; a person's own eyes come as {@link Written}. */
  record Seen(Fact fact) implements Event {
    public static Seen cluster(Observed<Cluster> seen) {
      return new Seen(new Fact.OfCluster(seen));
    }

    public static Seen database(Observed<Database> seen) {
      return new Seen(new Fact.OfDatabase(seen));
    }

    public static Seen helm(Observed<Helm> seen) {
      return new Seen(new Fact.OfHelm(seen));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.seen(this);
    }
  }

  /** Cluster or database could not be reached, and why; nothing goes on by itself. */
  record NotReached(String why) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.notReached(this);
    }
  }

  /** The state is on the screen. */
  record Painted(Instant at) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.painted(this);
    }
  }

  /** The entry is on disk. What a person has seen, said or chosen is known from then on. */
  record Written(Entry entry) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.written(this);
    }
  }

  /** The entry is not on disk, and why. */
  record NotWritten(Entry entry, String reason) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.notWritten(this);
    }
  }

  /** The server said what it would do. */
  record Rehearsed(Request request, Rehearsal rehearsal) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.rehearsed(this);
    }
  }

  /** A second operator was asked to look, or could not be. */
  record LookAsked(SecondLook look, Outcome outcome) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.lookAsked(this);
    }
  }

  /** An act ended. */
  record Performed(String step, Request request, Outcome outcome) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.performed(this);
    }
  }

  /**
   * An act that takes its time has come so far.
   *
   * @param step the step that it belongs to
   * @param word how far, in a few words
   */
  record Advanced(String step, String word) implements Event {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.advanced(this);
    }
  }
}
