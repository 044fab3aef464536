package dev.lockkeeper.kubernetes.change;

import dev.lockkeeper.action.AdoptRequest;
import dev.lockkeeper.action.ClusterOperations;
import dev.lockkeeper.action.ForgetRequest;
import dev.lockkeeper.action.HelmRequest;
import dev.lockkeeper.action.ImageRequest;
import dev.lockkeeper.action.LeaseRequest;
import dev.lockkeeper.action.MemoryRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.ProbeRequest;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.action.ScaleRequest;
import dev.lockkeeper.action.ScalerRequest;
import dev.lockkeeper.kubernetes.api.Answer;
import dev.lockkeeper.kubernetes.api.ApiErrors;
import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.kubernetes.lease.LeaseElector;
import dev.lockkeeper.snapshot.SecondLook;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** Changes the Deployment, or another object, and the operator's Lease. */
public final class KubernetesOperations implements ClusterOperations {
  static final Duration LIMIT = Duration.ofSeconds(10);

  private final ApiServer api;
  private final LeaseElector seat;
  private final Duration limit;
  private final ApiErrors words;
  private final PatchWriter patches;
  private final RevisionDeletion revisions;

  public KubernetesOperations(ApiServer api, LeaseElector seat) {
    this(api, seat, LIMIT);
  }

  /**
   * @param limit how long each request may take
   */
  public KubernetesOperations(ApiServer api, LeaseElector seat, Duration limit) {
    this.api = api;
    this.seat = seat;
    this.limit = limit;
    this.words = new ApiErrors(api.server());
    this.patches = new PatchWriter(api, limit);
    this.revisions = new RevisionDeletion(api, limit);
  }

  @Override
  public Outcome scale(ScaleRequest request) {
    return patches.write(ObjectPatch.of(request));
  }

  @Override
  public Outcome setImage(ImageRequest request) {
    return patches.write(ObjectPatch.of(request));
  }

  @Override
  public Outcome setProbe(ProbeRequest request) {
    return patches.write(ObjectPatch.of(request));
  }

  @Override
  public Outcome setMemoryLimit(MemoryRequest request) {
    return patches.write(ObjectPatch.of(request));
  }

  @Override
  public Optional<String> changed(HelmRequest request) {
    String path = ObjectPatch.path(request.place().at().namespace(), request.seen().name());
    try {
      Answer seen = api.get(path, limit).get();
      return seen.ok() || seen.code() == 404 && seen.isStatus()
          ? Difference.of(request.seen(), seen)
              .map(what -> "the deployment is no longer what you saw: " + what)
          : Optional.of(words.denied(seen, "get"));
    } catch (ExecutionException e) {
      return Optional.of(words.silence(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted before helm was started");
    }
  }

  @Override
  public Outcome forget(ForgetRequest request) {
    return revisions.delete(request);
  }

  @Override
  public Rehearsal rehearse(ForgetRequest request) {
    return revisions.rehearse(request);
  }

  @Override
  public Outcome adopt(AdoptRequest request) {
    return patches.write(ObjectPatch.of(request));
  }

  @Override
  public Outcome hold(ScalerRequest request) {
    return patches.write(ObjectPatch.of(request));
  }

  @Override
  public Rehearsal rehearse(ScalerRequest request) {
    return patches.rehearse(ObjectPatch.of(request));
  }

  @Override
  public Outcome take(LeaseRequest request) {
    return seat.take(request);
  }

  @Override
  public Optional<String> unseated() {
    return seat.unseated();
  }

  @Override
  public Outcome publishSecondLook(Optional<SecondLook> look) {
    return seat.publishSecondLook(look);
  }

  @Override
  public Rehearsal rehearse(ScaleRequest request) {
    return patches.rehearse(ObjectPatch.of(request));
  }

  @Override
  public Rehearsal rehearse(ImageRequest request) {
    return patches.rehearse(ObjectPatch.of(request));
  }

  @Override
  public Rehearsal rehearse(ProbeRequest request) {
    return patches.rehearse(ObjectPatch.of(request));
  }

  @Override
  public Rehearsal rehearse(MemoryRequest request) {
    return patches.rehearse(ObjectPatch.of(request));
  }

  @Override
  public Rehearsal rehearse(AdoptRequest request) {
    return patches.rehearse(ObjectPatch.of(request));
  }
}
