package dev.lockkeeper.analysis;

import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/**
 * Who migrates now, seen from the pods: whether an edit of the Deployment would end it.
 *
 * @param kind whose the migrating session is
 * @param who it in a few words, such as {@code pid 4711 (coder-7d9-p8w, v2.29.3)}
 */
public record Migrator(Kind kind, String who) {
  /** Whose the session is that migrates or waits to. */
  public enum Kind {
    /** Nobody migrates. */
    NOBODY,
    /** A pod of the Deployment: whatever restarts that pod loses all of its work. */
    POD,
    /** No pod's: its client was seen to end, or there is no pod. */
    GONE,
    /** It cannot be told. */
    UNKNOWN
  }

  /** Who it is now; stale facts tell nothing. */
  public static Migrator of(Snapshot snapshot) {
    MigrationState state = MigrationState.of(snapshot);
    if (state.kind() == MigrationState.Kind.UNKNOWN || snapshot.freshCluster().isEmpty()) {
      return new Migrator(Kind.UNKNOWN, state.headline());
    }
    if (!state.underWay()) {
      return new Migrator(Kind.NOBODY, state.headline());
    }
    Optional<Backend> session = state.migrator();
    return session.isEmpty()
        ? new Migrator(Kind.UNKNOWN, state.headline())
        : of(session.get(), snapshot);
  }

  private static Migrator of(Backend session, Snapshot snapshot) {
    Origin origin = Origins.of(snapshot).of(session);
    boolean pods = snapshot.freshCluster().filter(seen -> seen.pods().isEmpty()).isEmpty();
    Kind kind =
        !pods
            ? Kind.GONE
            : switch (origin.kind()) {
              case POD -> Kind.POD;
              case GONE -> Kind.GONE;
              case LIKELY_GONE, LIVES, RELAYED, UNTOLD, OTHER -> Kind.UNKNOWN;
            };
    return new Migrator(kind, "pid %d (%s)".formatted(session.pid(), origin.describe(session)));
  }
}
