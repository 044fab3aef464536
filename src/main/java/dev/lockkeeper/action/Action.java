package dev.lockkeeper.action;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;

/** Something that a step does; {@link Actions} has all of them. */
public interface Action {
  /** The word by which runbooks name it. It never changes. */
  String word();

  /** The words of the answers without which nothing would ever be done. */
  default List<String> needs() {
    return List.of();
  }

  /** Whether it takes the operator's Lease, which is no act on the Deployment. */
  default boolean takesLease() {
    return false;
  }

  /** Whether it changes nothing in cluster and database, and writes on this machine alone. */
  default boolean changesNothing() {
    return false;
  }

  /** Whether it may change what runs: it neither takes the Lease nor only keeps what is seen. */
  default boolean touches() {
    return !takesLease() && !changesNothing();
  }

  /** Whether it is done with Helm only. */
  default boolean needsHelm() {
    return false;
  }

  /** Whether it is about Coder v1 and its charts. */
  default boolean isOfCoderV1() {
    return false;
  }

  /** Whether it is about the object that Helm refused to take over, which is looked up for it. */
  default boolean adopts() {
    return false;
  }

  /** What would be done now, exactly, or why nothing can be. */
  Proposal propose(Snapshot snapshot, Knowledge knowledge);
}
