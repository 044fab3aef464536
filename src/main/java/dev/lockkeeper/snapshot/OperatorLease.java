package dev.lockkeeper.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The Lease by which one operator at a time acts on a Deployment.
 *
 * @param name the Lease's name
 * @param there whether there is such a Lease yet
 * @param me as whom we would hold it: user, host and run
 * @param holder who holds it; empty when nobody does
 * @param anchor where its holder's journal ended when it last wrote there, raw
 * @param look the plan that the holder wants a second operator to look at, if there is one
 */
public record OperatorLease(
    String name,
    boolean there,
    String me,
    Optional<Holder> holder,
    Optional<String> anchor,
    Optional<SecondLook> look) {
  /** What was read no longer ago than this may be acted upon; a Lease is renewed less often. */
  public static final Duration RECENT = Duration.ofSeconds(60);

  /** One without an anchor, whose holder asks for nothing. */
  public OperatorLease(String name, String me, Optional<Holder> holder) {
    this(name, holder.isPresent(), me, holder, Optional.empty(), Optional.empty());
  }

  /**
   * Whoever holds it.
   *
   * @param identity user, host and run, raw
   * @param since when it was taken
   * @param silent for how long we have seen it unchanged, by our own steady clock: clocks of hosts
   *     are not compared
   * @param expired whether it was silent for longer than it promised
   */
  public record Holder(String identity, Instant since, Duration silent, boolean expired) {}

  /** Whether we hold it, and have kept it up. */
  public boolean ours() {
    return holder.filter(each -> each.identity().equals(me) && !each.expired()).isPresent();
  }

  /** Whoever else holds it. */
  public Optional<Holder> other() {
    return holder.filter(each -> !each.identity().equals(me));
  }
}
