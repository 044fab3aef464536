package dev.lockkeeper.snapshot;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is set for roles, what they own, and how many locks a transaction may take: what a migration
 * can fail of before anybody blocks it.
 *
 * @param urlUser the role in Coder's own address; empty when the address may not be read or names
 *     none
 * @param settings the parameters that somebody has set and that can end a statement, a session or
 *     every write
 * @param untold those of these parameters whose value for the whole server our role cannot see
 * @param objects the tables, views, types and functions in Coder's schema
 * @param standings what the roles may do that are connected here or own something
 * @param locks the room for locks
 */
public record RoleFacts(
    Optional<String> urlUser,
    List<PostgresSetting> settings,
    Set<String> untold,
    List<OwnedObject> objects,
    List<Standing> standings,
    LockRoom locks) {
  public RoleFacts {
    settings = List.copyOf(settings);
    untold = Set.copyOf(untold);
    objects = List.copyOf(objects);
    standings = List.copyOf(standings);
  }

  /** What counts for this role in this database, if somebody has set the parameter at all. */
  public Optional<PostgresSetting> effective(String role, String name) {
    return settings.stream()
        .filter(each -> each.name().equals(name))
        .filter(each -> each.role().isEmpty() || each.role().equals(role))
        .min(Comparator.comparing(PostgresSetting::place));
  }

  public Optional<Standing> standing(String role) {
    return standings.stream().filter(each -> each.role().equals(role)).findFirst();
  }

  /**
   * An object in Coder's schema that belongs to no extension.
   *
   * @param kind {@code table}, {@code view}, {@code type} or {@code function}
   */
  public record OwnedObject(String kind, String name, String owner) {}

  /**
   * What a role may do.
   *
   * @param superuser whether it may do everything
   * @param creates whether it may create objects in Coder's schema
   * @param actsFor the owners whose objects it may alter: itself, and those whose rights it
   *     inherits
   */
  public record Standing(String role, boolean superuser, boolean creates, Set<String> actsFor) {
    public Standing {
      actsFor = Set.copyOf(actsFor);
    }

    public boolean mayAlter(OwnedObject object) {
      return superuser || actsFor.contains(object.owner());
    }
  }

  /**
   * The server's table of locks, which all its sessions share.
   *
   * @param perTransaction {@code max_locks_per_transaction}
   * @param sessions {@code max_connections} and {@code max_prepared_transactions} together
   * @param relations tables and indexes in Coder's schema: a transaction that touches all of them
   *     takes as many locks
   */
  public record LockRoom(int perTransaction, int sessions, int relations) {
    /** How many locks there is room for. */
    public long total() {
      return (long) perTransaction * sessions;
    }
  }
}
