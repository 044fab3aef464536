package dev.lockkeeper.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What this process saw of the session that migrates, look by look. What was before is not known.
 *
 * @param session its pid and its start
 * @param first when it was first seen to migrate, without a gap since
 * @param last when it was seen last
 * @param blocked when it was last seen to wait for a lock; empty when it never was
 * @param doing its state, what it waits for, and its statement
 * @param since from which look on every look found it doing so
 */
public record MigratorSight(
    String session,
    Instant first,
    Instant last,
    Optional<Instant> blocked,
    String doing,
    Instant since) {

  /** What is known after one more look; empty while nobody migrates. */
  static Optional<MigratorSight> after(Optional<MigratorSight> before, Database seen, Instant at) {
    return seen.migrator()
        .flatMap(seen::backend)
        .map(now -> first(now, at).following(before, seen, now, at));
  }

  private static MigratorSight first(Backend now, Instant at) {
    String doing =
        String.join(
            "/",
            now.state().orElse(""),
            now.activity().waitEventType().orElse(""),
            now.activity().waitEvent().orElse(""),
            now.query());
    return new MigratorSight(name(now), at, at, Optional.empty(), doing, at);
  }

  private MigratorSight following(
      Optional<MigratorSight> before, Database seen, Backend now, Instant at) {
    boolean waits =
        now.waitsForLock() || seen.waits().stream().anyMatch(wait -> wait.pid() == now.pid());
    Optional<MigratorSight> known = before.filter(each -> each.session.equals(session));
    // What went on while nobody looked is not known.
    Optional<MigratorSight> lately =
        known.filter(each -> Duration.between(each.last, at).compareTo(Snapshot.FRESH) <= 0);
    return new MigratorSight(
        session,
        lately.map(MigratorSight::first).orElse(at),
        at,
        waits ? Optional.of(at) : known.flatMap(MigratorSight::blocked),
        doing,
        lately.filter(each -> each.doing.equals(doing)).map(MigratorSight::since).orElse(at));
  }

  /** Whether this is the session that was seen. */
  public boolean isOf(Backend backend) {
    return session.equals(name(backend));
  }

  private static String name(Backend backend) {
    return backend.pid() + "@" + backend.backendStart();
  }
}
