package dev.lockkeeper.action;

import dev.lockkeeper.snapshot.SecondLook;
import java.util.Optional;

/**
 * What can be changed in the cluster: a method for each kind of request. An implementation sends
 * one write at most, lets the API server test that the target and its old value are still those of
 * the request, and never throws: whatever happens becomes an {@link Outcome}. A rehearsal is the
 * same request as a dry run on the server.
 */
public interface ClusterOperations {
  /** Changes the replica count through the Deployment's {@code scale} subresource. */
  Outcome scale(ScaleRequest request);

  /** Changes the image of the coderd container. */
  Outcome setImage(ImageRequest request);

  /** Takes the liveness probe out, changes it, or puts it back. */
  Outcome setProbe(ProbeRequest request);

  /** Changes the memory limit of the coderd container. */
  Outcome setMemoryLimit(MemoryRequest request);

  /**
   * Why the Deployment is not the one that was seen, at this very moment: another uid, another
   * generation, or it cannot be read; empty when it is. Reads; never throws.
   */
  Optional<String> changed(HelmRequest request);

  /** Deletes the Secret of one revision of a Helm release. */
  Outcome forget(ForgetRequest request);

  /** Lets an object say that it belongs to a Helm release. */
  Outcome adopt(AdoptRequest request);

  /** Holds what would change the replica count, or lets it go on. */
  Outcome hold(ScalerRequest request);

  /** Takes the operator's Lease, and keeps it from then on as long as the program lives. */
  Outcome take(LeaseRequest request);

  /**
   * Why the operator's Lease, read anew, forbids to act: somebody else holds it, or there was no
   * answer, or not the one that was asked for. Empty when we hold it, when nobody does, and when
   * the API server says that we may not read it, which is known before the question is put. Reads;
   * blocks for some seconds at most and never throws.
   */
  Optional<String> unseated();

  /**
   * Shows a plan to whoever watches, beside the Lease, which must be ours; an empty one takes the
   * last one back.
   */
  Outcome publishSecondLook(Optional<SecondLook> look);

  /** Asks the server what {@link #scale} would do. */
  Rehearsal rehearse(ScaleRequest request);

  /** Asks the server what {@link #setImage} would do. */
  Rehearsal rehearse(ImageRequest request);

  /** Asks the server what {@link #setProbe} would do. */
  Rehearsal rehearse(ProbeRequest request);

  /** Asks the server what {@link #setMemoryLimit} would do. */
  Rehearsal rehearse(MemoryRequest request);

  /** Asks the server what {@link #hold} would do. */
  Rehearsal rehearse(ScalerRequest request);

  /** Asks the server what {@link #forget} would do. */
  Rehearsal rehearse(ForgetRequest request);

  /** Asks the server what {@link #adopt} would do. */
  Rehearsal rehearse(AdoptRequest request);
}
