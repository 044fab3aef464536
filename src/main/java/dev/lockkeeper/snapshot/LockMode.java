package dev.lockkeeper.snapshot;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The strength of a lock, weakest first. PostgreSQL has one table of what excludes what, for
 * everything that can be locked: a transaction or an advisory key is merely locked in fewer modes
 * ({@link #SHARE} and {@link #EXCLUSIVE}) than a table.
 */
public enum LockMode {
  ACCESS_SHARE("AccessShareLock"),
  ROW_SHARE("RowShareLock"),
  ROW_EXCLUSIVE("RowExclusiveLock"),
  SHARE_UPDATE_EXCLUSIVE("ShareUpdateExclusiveLock"),
  SHARE("ShareLock"),
  SHARE_ROW_EXCLUSIVE("ShareRowExclusiveLock"),
  EXCLUSIVE("ExclusiveLock"),
  ACCESS_EXCLUSIVE("AccessExclusiveLock");

  private final String written;

  LockMode(String written) {
    this.written = written;
  }

  /**
   * The mode of this name in {@code pg_locks}; empty for one that makes nobody wait, as {@code
   * SIReadLock}.
   */
  public static Optional<LockMode> of(String written) {
    return Arrays.stream(values()).filter(mode -> mode.written.equals(written)).findFirst();
  }

  /** As {@code pg_locks} writes it. */
  public String written() {
    return written;
  }

  /** Whether two sessions cannot hold these at once. */
  public boolean conflictsWith(LockMode other) {
    return excluded().contains(other);
  }

  /** What nobody else can hold beside it. */
  public Set<LockMode> excluded() {
    return switch (this) {
      case ACCESS_SHARE -> EnumSet.of(ACCESS_EXCLUSIVE);
      case ROW_SHARE -> EnumSet.of(EXCLUSIVE, ACCESS_EXCLUSIVE);
      case ROW_EXCLUSIVE -> EnumSet.of(SHARE, SHARE_ROW_EXCLUSIVE, EXCLUSIVE, ACCESS_EXCLUSIVE);
      case SHARE_UPDATE_EXCLUSIVE -> EnumSet.range(SHARE_UPDATE_EXCLUSIVE, ACCESS_EXCLUSIVE);
      case SHARE -> allFrom(ROW_EXCLUSIVE, SHARE);
      case SHARE_ROW_EXCLUSIVE -> EnumSet.range(ROW_EXCLUSIVE, ACCESS_EXCLUSIVE);
      case EXCLUSIVE -> EnumSet.range(ROW_SHARE, ACCESS_EXCLUSIVE);
      case ACCESS_EXCLUSIVE -> EnumSet.allOf(LockMode.class);
    };
  }

  private static Set<LockMode> allFrom(LockMode weakest, LockMode but) {
    Set<LockMode> modes = EnumSet.range(weakest, ACCESS_EXCLUSIVE);
    modes.remove(but);
    return modes;
  }
}
