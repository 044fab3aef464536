package dev.lockkeeper.kubernetes.lease;

import dev.lockkeeper.kubernetes.api.Answer;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.OperatorLease;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What is known of a seat: who sits there, what was seen of its Lease, and what of ours was written
 * into it. Times are those of the steady clock, in nanoseconds. Safe for use by several threads.
 */
final class LeaseState {
  private final LeaseElector.Pace pace;

  private String me = "";
  private boolean left;
  private Optional<String> anchor = Optional.empty();
  private ObservedLease sight = ObservedLease.notYet();
  private int turn;
  private long renewed;
  private long tried;
  private Instant written = Instant.EPOCH;

  LeaseState(LeaseElector.Pace pace) {
    this.pace = pace;
    this.renewed = System.nanoTime() - pace.renewal().plus(pace.promised()).toNanos();
    this.tried = renewed;
  }

  /** As whom we sit here. */
  synchronized void as(String identity) {
    me = identity;
    left = false;
  }

  /** What is to be in the Lease whenever we write it. */
  synchronized void anchor(String text) {
    anchor = Optional.of(text);
  }

  synchronized String me() {
    return me;
  }

  synchronized boolean ours(LeaseObject lease) {
    return lease.heldBy(me);
  }

  /** Who holds the Lease of this name, as far as is known now. */
  synchronized Observed<OperatorLease> observed(String name) {
    return sight.observed(name, me, System.nanoTime());
  }

  /** Which of our writes was the last; what was asked for before it is out of date. */
  synchronized int turn() {
    return turn;
  }

  /** What was seen, unless we have written in the meantime. */
  synchronized void saw(int asked, UnaryOperator<ObservedLease> seen) {
    if (asked == turn) {
      sight = seen.apply(sight);
    }
  }

  /** Nobody but us changes what is ours: it is as old as our own last attempt to renew it. */
  synchronized ObservedLease read(LeaseObject lease) {
    return sight.read(lease, lease.heldBy(me) ? tried : System.nanoTime());
  }

  /** The Lease to renew, if it is ours and time to do so. */
  synchronized Optional<LeaseObject> due() {
    long now = System.nanoTime();
    boolean time =
        now - renewed >= pace.renewal().toNanos() && now - tried >= pace.look().toNanos();
    return sight
        .lease()
        .filter(each -> time && !left && sight.reason().isEmpty() && each.heldBy(me));
  }

  /** Is about to be written: as it is to be sent. */
  synchronized LeaseObject outgoing(LeaseObject lease, long sent) {
    tried = sent;
    turn++;
    return lease.anchored(anchor);
  }

  /** It is as the server answered; its time has counted since it was sent. */
  synchronized void adopt(Answer answer, long sent) {
    turn++;
    renewed = sent;
    LeaseObject lease = new LeaseObject(answer.json());
    written = lease.renewedAt();
    sight = sight.read(lease, sent);
  }

  /** The time that stands in the Lease as we wrote it last. */
  synchronized Instant written() {
    return written;
  }

  /** Whether we keep what is ours. */
  synchronized void keep(boolean kept) {
    left = !kept;
    turn++;
  }
}
