package dev.lockkeeper.postgres;

import dev.lockkeeper.snapshot.Masked;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Says in one sentence why the database did not answer, and what to do next. */
final class Failures {
  static final String LOCKED = "55P03";
  static final String CANCELLED = "57014";
  static final String NO_TABLE = "42P01";
  static final String NO_COLUMN = "42703";
  static final String NO_RIGHT = "42501";

  /** No connection left: of the server, for the role, or to the database. */
  static final String FULL = "53300";

  /** The protocol is not kept to. */
  static final String PROTOCOL = "08P01";

  /** The driver stumbles over what no PostgreSQL says, in whatever way. */
  static final String FOREIGN = "what it answers is not PostgreSQL's";

  private Failures() {}

  /** Whether the connection is of no use any more. */
  static boolean breaksConnection(SQLException failure) {
    String state = state(failure);
    return state.isEmpty() || state.startsWith("08") || state.startsWith("57P");
  }

  static String state(SQLException failure) {
    return Optional.ofNullable(failure.getSQLState()).orElse("");
  }

  /** Something else answers there. */
  static String foreign(DatabaseAddress address) {
    return "%s answers, and %s: check host and port, and what is between."
        .formatted(address.where(), FOREIGN);
  }

  /** Why no connection came about. */
  static String connecting(SQLException failure, DatabaseAddress address) {
    String where = address.where();
    if (cause(failure, UnknownHostException.class)) {
      return "No host is known as %s: check the name, or use a port-forward if the database is only reachable inside the cluster."
          .formatted(where);
    }
    if (cause(failure, ConnectException.class)) {
      return "Nothing accepts connections at %s: check host and port, and that the server runs."
          .formatted(where);
    }
    if (cause(failure, NoRouteToHostException.class)) {
      return "There is no route to %s: check the network, or use a port-forward.".formatted(where);
    }
    if (cause(failure, SocketTimeoutException.class) || timedOut(failure)) {
      return "%s did not answer within %d s: check network and firewall, and that the server is not stopped."
          .formatted(where, DriverProperties.PATIENCE);
    }
    if (cause(failure, SSLException.class)) {
      return "No encrypted connection to %s came about: check sslmode and sslrootcert against the server's certificate."
          .formatted(where);
    }
    return serverSays(failure, address);
  }

  private static String serverSays(SQLException failure, DatabaseAddress address) {
    String where = address.where();
    String user = address.user();
    switch (state(failure)) {
      case "28P01":
        // A server that takes passwords as they are gets an empty one.
        return address.password().isEmpty()
            ? unnamed(address)
            : "The password for role %s at %s is wrong: check it.".formatted(user, where);
      case "3D000":
        return "There is no database %s at %s: check the name at the end of the address."
            .formatted(address.database(), where);
      case "28000":
        return "%s does not let role %s into database %s from here (%s): check the role, pg_hba.conf and sslmode."
            .formatted(where, user, address.database(), text(failure, address));
      case FULL:
        return "%s has no connection left for role %s: wait for one or raise max_connections or the connection limit."
            .formatted(where, user);
      case "57P03":
        return "%s takes no connections now (%s): wait for it."
            .formatted(where, text(failure, address));
      case NO_RIGHT:
        return "Role %s may not connect to database %s at %s: ask for GRANT CONNECT."
            .formatted(user, address.database(), where);
      case "08004":
        return rejected(failure, address);
      default:
        return "%s did not accept the connection (%s): check the address."
            .formatted(where, text(failure, address));
    }
  }

  private static String unnamed(DatabaseAddress address) {
    return "%s asks for a password for role %s: put it into PGPASSWORD or ~/.pgpass."
        .formatted(address.where(), address.user());
  }

  /** Before a session exists the driver itself refuses, with one state for every reason. */
  private static String rejected(SQLException failure, DatabaseAddress address) {
    if (address.password().isEmpty()) {
      return unnamed(address);
    }
    if (text(failure, address).contains("does not support SSL")) {
      return "%s does not encrypt connections: add sslmode=disable to the address if that is meant."
          .formatted(address.where());
    }
    return "%s refused the connection (%s): check the address."
        .formatted(address.where(), text(failure, address));
  }

  /** Why a question had no answer although the connection stands, or why the connection broke. */
  static String asking(SQLException failure, DatabaseAddress address) {
    switch (state(failure)) {
      case LOCKED:
        return "locked by another session: it is read again when the lock is gone";
      case CANCELLED:
        return "the server took too long to answer";
      case NO_TABLE:
      case NO_COLUMN:
        return "this version of Coder has no such table or column";
      case NO_RIGHT:
        return "role %s may not read it: ask for GRANT SELECT".formatted(address.user());
      default:
        return breaksConnection(failure)
            ? "the connection to %s was lost (%s)"
                .formatted(address.where(), reason(failure, address))
            : "%s (SQLSTATE %s)".formatted(text(failure, address), state(failure));
    }
  }

  private static String reason(SQLException failure, DatabaseAddress address) {
    return cause(failure, SocketTimeoutException.class)
        ? "no answer within " + DriverProperties.PATIENCE + " s"
        : text(failure, address);
  }

  /** The server's own sentence without its detail, or the driver's. */
  private static String text(SQLException failure, DatabaseAddress address) {
    Optional<String> server =
        failure instanceof PSQLException
            ? Optional.ofNullable(((PSQLException) failure).getServerErrorMessage())
                .map(ServerErrorMessage::getMessage)
            : Optional.empty();
    String driver = Optional.ofNullable(failure.getMessage()).orElse("no reason given");
    String said = address.password().blot(server.orElse(driver));
    return Masked.of(said).text().replaceAll("\\.$", "");
  }

  private static boolean timedOut(SQLException failure) {
    return state(failure).startsWith("08")
        && Optional.ofNullable(failure.getMessage()).orElse("").contains("timed out");
  }

  private static boolean cause(Throwable failure, Class<? extends Throwable> kind) {
    return Stream.iterate(failure, Throwable::getCause)
        .takeWhile(java.util.Objects::nonNull)
        .limit(10)
        .anyMatch(kind::isInstance);
  }
}
