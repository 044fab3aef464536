package dev.lockkeeper.postgres;

import dev.lockkeeper.action.EndRequest.Session;

/**
 * How it ended for one session.
 *
 * @param session which one
 * @param kind what is known
 * @param words the same for people
 */
record SessionResult(Session session, Kind kind, String words) {
  /** What is known of a session that should be ended or cancelled. */
  enum Kind {
    /** The signal was sent, and it took effect. */
    ENDED("done"),
    /** The signal was sent; that it took effect was not seen. */
    SIGNALLED("signalled only"),
    GONE("gone already"),
    LEFT("left alone"),
    REFUSED("refused"),
    /** The statement was sent, and whether it did anything is not known. */
    UNSURE("without an answer"),
    UNTRIED("not tried");

    private final String counted;

    Kind(String counted) {
      this.counted = counted;
    }

    /** As one says it after a number. */
    String counted() {
      return counted;
    }
  }

  /** A line for the operator. */
  String line() {
    return (session.pid() + " " + session.user()).strip() + ": " + words;
  }

  /** Whether the signal was sent for certain. */
  boolean signalled() {
    return kind == Kind.ENDED || kind == Kind.SIGNALLED;
  }

  /** Whether it is worth a look what became of it. */
  boolean open() {
    return kind == Kind.SIGNALLED || kind == Kind.UNSURE;
  }

  SessionResult now(Kind kind, String words) {
    return new SessionResult(session, kind, words);
  }
}
