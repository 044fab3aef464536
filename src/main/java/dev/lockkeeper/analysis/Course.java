package dev.lockkeeper.analysis;

import dev.lockkeeper.snapshot.Backend;
import dev.lockkeeper.snapshot.MigratorSight;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a migrator got on while we looked. What was before the first look is not known.
 *
 * @param running for how long its transaction runs
 * @param watched for how long it was watched of that; empty when it was never seen before
 * @param freed how long ago it was last seen to wait for a lock; empty when it never was
 * @param inTheSameWait for how long every look found it in the wait in which it is now
 */
public record Course(
    Optional<Duration> running,
    Optional<Duration> watched,
    Optional<Duration> freed,
    Optional<Duration> inTheSameWait) {
  /** Looks do not fall together with the begin of a transaction. */
  private static final Duration NEARLY = Duration.ofSeconds(5);

  /** The course of this session. */
  public static Course of(Snapshot snapshot, Backend migrator) {
    Optional<MigratorSight> seen =
        snapshot.sightings().migrator().filter(each -> each.isOf(migrator));
    Optional<Duration> running = migrator.transactionAge();
    return new Course(
        running,
        seen.map(each -> since(each.first(), snapshot)),
        seen.flatMap(MigratorSight::blocked).map(last -> since(last, snapshot)),
        seen.map(each -> since(each.since(), snapshot)));
  }

  private static Duration since(Instant moment, Snapshot snapshot) {
    Duration since = Duration.between(moment, snapshot.now());
    return since.isNegative() ? Duration.ZERO : since;
  }

  /** It was blocked in this transaction, and is not any more. */
  public boolean wasBlocked() {
    return freed
        .filter(ago -> running.filter(all -> ago.compareTo(all) < 0).isPresent())
        .isPresent();
  }

  /** Whether nearly all of the transaction was watched. */
  private boolean wholly() {
    return watched
        .filter(time -> running.filter(all -> all.minus(NEARLY).compareTo(time) <= 0).isPresent())
        .isPresent();
  }

  /** For how long nothing is in its way, as far as that was seen. */
  public Optional<Duration> unblocked() {
    return wasBlocked() ? freed : wholly() ? running : watched;
  }

  /** The same in words, to stand behind "nothing blocks it". */
  public String words() {
    String all = running.map(time -> "; it runs for " + Durations.of(time)).orElse("");
    if (wasBlocked()) {
      return " for " + Durations.of(freed.orElseThrow()) + all;
    }
    return wholly() ? running.map(time -> " for " + Durations.of(time)).orElse("") : " now" + all;
  }

  /** What is known of its past, as evidence. */
  public String past() {
    if (wasBlocked()) {
      return "it waited for a lock until %s ago".formatted(Durations.of(freed.orElseThrow()));
    }
    return wholly()
        ? "nothing blocked it since it began"
        : "nothing blocked it while we looked%s; what was before is not known"
            .formatted(watched.map(time -> ", for " + Durations.of(time)).orElse(""));
  }
}
