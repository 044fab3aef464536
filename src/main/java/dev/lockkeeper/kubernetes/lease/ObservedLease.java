package dev.lockkeeper.kubernetes.lease;

import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Observed.Cause;
import dev.lockkeeper.snapshot.OperatorLease;
import dev.lockkeeper.snapshot.OperatorLease.Holder;
import dev.lockkeeper.snapshot.SecondLook;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What was seen of a Lease, and when it was seen to change.
 *
 * @param lease the Lease; empty when there is none, or none was read yet
 * @param at when it was read
 * @param reason why it cannot be known now; empty when it is known
 * @param changed when it was first seen like this, by our own steady clock, in nanoseconds
 * @param cause what kind of reason that is
 */
record ObservedLease(
    Optional<LeaseObject> lease, Instant at, String reason, long changed, Cause cause) {
  /** Before the first look. */
  static ObservedLease notYet() {
    return new ObservedLease(Optional.empty(), Instant.EPOCH, "not read yet", 0, Cause.PENDING);
  }

  /** It was read; one that has not changed has been silent since before. */
  ObservedLease read(LeaseObject now, long nanos) {
    boolean same = lease.filter(old -> old.version().equals(now.version())).isPresent();
    return new ObservedLease(
        Optional.of(now), SteadyClock.now(), "", same ? changed : nanos, Cause.NONE);
  }

  /** There is none. */
  ObservedLease absent() {
    return new ObservedLease(Optional.empty(), SteadyClock.now(), "", 0, Cause.NONE);
  }

  /** It may not be read: what was known of it is worth nothing any more. */
  static ObservedLease forbidden(String why) {
    return new ObservedLease(Optional.empty(), SteadyClock.now(), why, 0, Cause.FORBIDDEN);
  }

  /** It could not be read this time. */
  ObservedLease lost(String why) {
    return new ObservedLease(
        lease, at.equals(Instant.EPOCH) ? SteadyClock.now() : at, why, changed, Cause.FAILED);
  }

  /** Whether the API server itself says that we may not read it. */
  boolean denied() {
    return cause == Cause.FORBIDDEN;
  }

  /** Who holds it at this moment of the steady clock. */
  Observed<OperatorLease> observed(String name, String me, long nanos) {
    if (lease.isEmpty() && cause != Cause.NONE) {
      return new Observed<>(Optional.empty(), at, reason, cause);
    }
    Optional<Holder> holder = lease.flatMap(each -> holder(each, nanos));
    Optional<String> anchor = lease.flatMap(LeaseObject::anchor);
    Optional<SecondLook> look = lease.flatMap(LeaseObject::look);
    Observed<OperatorLease> seen =
        Observed.known(new OperatorLease(name, lease.isPresent(), me, holder, anchor, look), at);
    return cause == Cause.NONE ? seen : seen.lost(reason);
  }

  private Optional<Holder> holder(LeaseObject each, long nanos) {
    Duration silent = Duration.ofNanos(Math.max(0, nanos - changed));
    boolean expired = silent.compareTo(each.promised()) > 0;
    return each.holder().map(who -> new Holder(who, each.since(), silent, expired));
  }
}
