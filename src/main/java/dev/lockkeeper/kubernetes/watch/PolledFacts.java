package dev.lockkeeper.kubernetes.watch;

import dev.lockkeeper.coder.CoderV1Chart;
import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.kubernetes.api.Polled;
import dev.lockkeeper.kubernetes.change.NamedObjects;
import dev.lockkeeper.kubernetes.facts.Environs;
import dev.lockkeeper.kubernetes.facts.GitOps;
import dev.lockkeeper.kubernetes.facts.HelmReleases;
import dev.lockkeeper.kubernetes.facts.Scalers;
import dev.lockkeeper.kubernetes.facts.ServiceAddresses;
import dev.lockkeeper.snapshot.Cluster.HelmObjects;
import dev.lockkeeper.snapshot.ClusterIdentity;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.NamedObject;
import dev.lockkeeper.snapshot.ObjectName;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Scaler;
import dev.lockkeeper.snapshot.ServiceAddress;
import dev.lockkeeper.snapshot.Surroundings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * What is not watched and is asked for again and again; some of it only once something calls for
 * it. Everything here happens on the thread of its owner, except where a word says otherwise.
 */
final class PolledFacts {
  private static final Duration SCALERS = Duration.ofSeconds(10);
  private static final Duration SERVICES = Duration.ofSeconds(5);
  private static final Duration GITOPS = Duration.ofSeconds(5);
  private static final Duration NAMED = Duration.ofSeconds(3);
  private static final Duration RELEASES = Duration.ofSeconds(3);

  /** Who may not read Helm's Secrets is not told so every three seconds. */
  private static final Duration RELEASES_REFUSED = Duration.ofSeconds(30);

  private final String namespace;
  private final BiConsumer<Runnable, Duration> thread;
  private final Runnable changed;
  private final Polled<List<Scaler>> scalers;
  private final Polled<List<HelmRelease>> releases;
  private final Polled<List<ServiceAddress>> services;
  private final NamedObjects objects;
  private final Polled<NamedObject> named;
  private final Environs environs;
  private final GitOps gitOps;
  private final Polled<List<GitOps.Read>> gitOpsReads;

  private boolean legacy;
  private boolean naming;
  private boolean keeping;

  /**
   * @param thread does something on the owner's thread after a while
   * @param changed told of each answer
   */
  PolledFacts(
      ApiServer api,
      ClusterIdentity place,
      String deployment,
      BiConsumer<Runnable, Duration> thread,
      Runnable changed) {
    this.namespace = place.namespace();
    this.thread = thread;
    this.changed = changed;
    this.scalers = polled(new Scalers(api, place.pinned(), deployment)::read, SCALERS, SCALERS);
    this.releases = polled(new HelmReleases(api, namespace)::read, RELEASES, RELEASES_REFUSED);
    this.services = polled(new ServiceAddresses(api, namespace)::read, SERVICES, SERVICES);
    this.objects = new NamedObjects(api);
    this.named = polled(objects::read, NAMED, NAMED);
    this.environs = new Environs(api, namespace, deployment, this::polled);
    this.gitOps = new GitOps(api);
    this.gitOpsReads = polled(gitOps::read, GITOPS, GITOPS);
  }

  private <T> Polled<T> polled(
      Supplier<CompletableFuture<Observed<T>>> question, Duration pace, Duration unknown) {
    return new Polled<>(question, pace, unknown, thread, changed);
  }

  /** Begins with what is always asked; to be called once. */
  void begin() {
    scalers.begin();
    releases.begin();
    environs.begin();
  }

  /** From now on this object is read as well, or none; may be called from any thread. */
  void seek(Optional<ObjectName> name) {
    objects.seek(name);
    thread.accept(
        () -> {
          if (!naming && name.isPresent()) {
            naming = true;
            named.begin();
          }
        },
        Duration.ZERO);
  }

  /**
   * Asks for what this Deployment calls for: what keeps it, what stands around it, and of a Coder
   * v1 the Services. What is uninstalled is gone on being looked at.
   */
  void follow(
      Optional<io.fabric8.kubernetes.api.model.apps.Deployment> found, Optional<Deployment> seen) {
    seen.map(each -> GitOps.named(namespace, each)).ifPresent(this::keep);
    environs.seek(found, releases.last());
    if (!legacy && seen.flatMap(Deployment::chart).filter(CoderV1Chart::isNamedBy).isPresent()) {
      legacy = true;
      services.begin();
    }
  }

  /** What keeps the Deployment is read from when it names something on. */
  private void keep(List<GitOps.Named> keepers) {
    gitOps.seek(keepers);
    if (!keeping && !keepers.isEmpty()) {
      keeping = true;
      gitOpsReads.begin();
    }
  }

  Observed<List<Scaler>> scalers() {
    return scalers.last();
  }

  Observed<List<GitOps.Read>> gitOps() {
    return gitOpsReads.last();
  }

  HelmObjects helm() {
    return new HelmObjects(releases.last(), services.last(), named.last());
  }

  Surroundings around(Optional<io.fabric8.kubernetes.api.model.apps.Deployment> found) {
    return environs.last(found);
  }
}
