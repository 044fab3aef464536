package dev.lockkeeper.postgres;

import dev.lockkeeper.action.Outcome;
import java.sql.SQLException;
import java.util.Set;

/** What follows from a failure about whether something was done. */
final class StatementOutcome {
  private static final String NO_SUCH_OBJECT = "42704";

  /** Kinds of errors that PostgreSQL raises before it does anything of what it was told. */
  private static final Set<String> BEFOREHAND = Set.of("0A", "22", "25", "28", "2B", "42", "55");

  private StatementOutcome() {}

  /**
   * Whether a statement that takes effect at once, and is not undone by a rollback, has certainly
   * done nothing. A statement that was cut off may have done its work already.
   */
  static boolean provesNothingDone(SQLException failure) {
    String state = Failures.state(failure);
    return state.length() == 5 && BEFOREHAND.contains(state.substring(0, 2));
  }

  /** Before the commit was sent: whatever happened, the server rolls back. */
  static Outcome beforeCommit(SQLException failure, DatabaseAddress address, String owner) {
    return Outcome.refused("nothing was changed: " + reason(failure, address, owner));
  }

  /** At the commit: an error is the server's word that it was not made; silence says nothing. */
  static Outcome atCommit(SQLException failure, DatabaseAddress address) {
    String why = Failures.asking(failure, address);
    return Failures.breaksConnection(failure)
        ? Outcome.unknown("the commit was sent, but no answer came: " + why)
        : Outcome.refused("nothing was changed: the server did not commit: " + why);
  }

  /**
   * Why the server did not do it.
   *
   * @param owner who may do it, for the case that our role may not
   */
  static String reason(SQLException failure, DatabaseAddress address, String owner) {
    switch (Failures.state(failure)) {
      case Failures.NO_RIGHT:
        return "role %s may not do it, %s may (42501)".formatted(address.user(), owner);
      case Failures.LOCKED:
        return "somebody else holds a lock on it (55P03)";
      case Failures.NO_TABLE:
        return "there is no such table any more (42P01)";
      case NO_SUCH_OBJECT:
        return "gone already";
      default:
        return Failures.asking(failure, address);
    }
  }
}
