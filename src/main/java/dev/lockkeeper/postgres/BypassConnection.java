package dev.lockkeeper.postgres;

import dev.lockkeeper.snapshot.DatabaseIdentity;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A way to the same server that does not lead through the database whose door is closed: another
 * database, or the superuser's, who is let in at any limit. It remembers the way that was open
 * last, because from outside of a closed door one cannot see which others there are.
 */
final class BypassConnection {
  /** There on nearly every server. */
  private static final List<String> USUAL = List.of("postgres", "template1");

  private final DatabaseAddress address;
  private volatile List<String> last = List.of();

  BypassConnection(DatabaseAddress address) {
    this.address = address;
  }

  /**
   * Finds a way that is open now.
   *
   * @param home the database whose door is meant; it need not let us in
   * @throws DatabaseException if there is none, with the reasons
   */
  ActingConnection open(DatabaseIdentity home) throws DatabaseException {
    List<String> reasons = new ArrayList<>();
    for (String name : candidates(home)) {
      try {
        ActingConnection route = ActingConnection.open(address.to(name), named(name, home));
        last = List.of(name);
        return route;
      } catch (DatabaseException e) {
        reasons.add(name + ": " + e.getMessage());
      }
    }
    return asSuperuser(home, reasons);
  }

  private Set<String> candidates(DatabaseIdentity home) {
    Set<String> names = new LinkedHashSet<>(last);
    names.addAll(seenFromInside(home));
    names.addAll(USUAL);
    names.remove(home.name());
    return names;
  }

  private List<String> seenFromInside(DatabaseIdentity home) {
    try (ActingConnection inside = ActingConnection.open(address, home)) {
      return inside.rows(ActStatement.OTHER_DATABASES.sql(), home.name()).stream()
          .map(row -> row.text("name"))
          .toList();
    } catch (DatabaseException | SQLException closedToUs) {
      // When a door is opened again we stand outside: then only the usual ways are known.
      return List.of();
    }
  }

  private ActingConnection asSuperuser(DatabaseIdentity home, List<String> reasons)
      throws DatabaseException {
    try {
      ActingConnection inside = ActingConnection.open(address, home);
      if (inside.superuser()) {
        return inside;
      }
      inside.close();
      reasons.add("role %s is no superuser".formatted(address.user()));
    } catch (DatabaseException e) {
      reasons.add(home.name() + ": " + e.getMessage());
    }
    throw new DatabaseException(String.join("; ", reasons));
  }

  private static DatabaseIdentity named(String name, DatabaseIdentity home) {
    return new DatabaseIdentity(
        home.host(),
        home.port(),
        name,
        home.user(),
        home.systemIdentifier(),
        home.startedAt(),
        home.version(),
        home.standby());
  }
}
