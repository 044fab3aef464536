package dev.lockkeeper.kubernetes.watch;

import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.kubernetes.api.Resource;
import dev.lockkeeper.kubernetes.lease.LeaseElector;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.ClusterIdentity;
import dev.lockkeeper.snapshot.ObjectName;
import dev.lockkeeper.snapshot.Observed;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Keeps a {@link Cluster} up to date and hands each new one on.
 *
 * <pre>
 *   watches (deployment, replicasets, pods, events) --changed--+
 *   heartbeat every 2 s: is the server there, do the watches   |
 *   agree with what it says now?  ---------------------------- + --> assemble --> sink
 *   autoscalers every 10 s, Ready pods over HTTP every 5 s     |   at most 10 in a second
 *   the last log lines of pods that are not Ready every 2 s ---+
 *   the operator's Lease every 2 s ----------------------------+
 *   Helm's Secrets, by their labels, every 3 s ----------------+
 *   of a Coder v1, the Services every 5 s ---------------------+
 *   what Helm named when it refused, every 3 s ----------------+
 *   nodes, quotas, budgets, every 15 s ------------------------+
 *   the objects of Argo CD and Flux that keep it, every 5 s ---+
 * </pre>
 *
 * <p>A watch alone proves nothing: one whose connection died silently looks like a quiet cluster.
 * So what is handed on is as fresh as the last heartbeat, and a watch that lags behind two of them
 * is begun anew. Everything here happens on one thread, except where a word says otherwise.
 */
public final class ClusterSource implements AutoCloseable {
  /** Before the first heartbeat. */
  private static final String NOT_YET = Observed.notYet(Instant.EPOCH).reason();

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration SPACING = Duration.ofMillis(100);
  private static final Duration GATHERING = Duration.ofMillis(20);

  private final ApiServer api;
  private final ClusterIdentity place;
  private final String name;
  private final Heartbeat.Pace pace;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(ClusterSource::daemon);
  private final AtomicBoolean pending = new AtomicBoolean();
  private final PolledFacts polled;
  private final PodProxy proxy;
  private final PodLogs logs;
  private final Heartbeat heartbeat;
  private final LeaseElector seat;
  private final DrawnFacts drawn = new DrawnFacts();

  private Consumer<Observed<Cluster>> sink = observed -> {};
  private Optional<Watched<Deployment>> deployments = Optional.empty();
  private Optional<OwnedObjects> belongings = Optional.empty();
  private Optional<String> silence = Optional.of(NOT_YET);
  private Optional<Observed<Cluster>> last = Optional.empty();
  private Optional<String> namespaceUid = Optional.empty();
  private Optional<Duration> skew = Optional.empty();
  private final Lag lag = new Lag();
  private Instant beatAt = Instant.EPOCH;
  private volatile long sentAt = System.nanoTime() - SPACING.toNanos();

  public ClusterSource(
      ApiServer api,
      ClusterIdentity place,
      String deployment,
      LeaseElector seat,
      Heartbeat.Pace pace) {
    this.pace = pace;
    this.seat = seat;
    this.api = api;
    this.place = place;
    this.name = deployment;
    this.polled = new PolledFacts(api, place, deployment, this::schedule, this::touch);
    this.proxy = new PodProxy(api, place.namespace(), this::touch);
    this.logs = new PodLogs(api, place.namespace(), this::touch);
    this.heartbeat = new Heartbeat(api, place.namespace(), deployment, pace.limit());
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "lockkeeper-cluster");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Begins; may be called once.
   *
   * @param sink takes each observation, on a thread of this source; it must not block
   */
  public void watch(Consumer<Observed<Cluster>> sink) {
    submit(
        () -> {
          this.sink = sink;
          beat();
          polled.begin();
        });
    seat.watch(this::touch);
  }

  /**
   * From now on this object is read as well, or none. May be called from any thread and as often as
   * one likes.
   */
  public void seek(Optional<ObjectName> name) {
    polled.seek(name);
  }

  /** Something changed; may be called from any thread, and as often as one likes. */
  private void touch() {
    if (pending.compareAndSet(false, true)) {
      long since = System.nanoTime() - sentAt;
      long wait = Math.max(GATHERING.toNanos(), SPACING.toNanos() - since);
      schedule(this::update, Duration.ofNanos(wait));
    }
  }

  private void update() {
    pending.set(false);
    sentAt = System.nanoTime();
    Optional<String> loss = silence.or(this::setback);
    if (loss.isPresent()) {
      lose(loss.get());
    } else {
      assemble().ifPresent(this::send);
    }
  }

  /** A loss is told once; the facts that were lost keep the age that they had. */
  private void lose(String reason) {
    if (last.filter(observed -> observed.reason().equals(reason)).isEmpty()) {
      send(last.map(observed -> observed.lost(reason)).orElseGet(() -> unread(reason)));
    }
  }

  /** Other answers may come before the first heartbeat: what was not asked yet is no loss. */
  private static Observed<Cluster> unread(String reason) {
    return reason.equals(NOT_YET)
        ? Observed.notYet(SteadyClock.now())
        : Observed.unknown(reason, SteadyClock.now());
  }

  private void send(Observed<Cluster> observed) {
    last = Optional.of(observed);
    sink.accept(observed);
  }

  /** A refusal counts at once; other trouble only if the watch does not get over it by itself. */
  private Optional<String> setback() {
    Instant limit = SteadyClock.now().minus(PATIENCE);
    return deployments
        .flatMap(Watched::setback)
        .or(() -> belongings.flatMap(OwnedObjects::setback))
        .filter(setback -> setback.refused() || setback.since().isBefore(limit))
        .map(Watched.WatchFailure::reason);
  }

  private Optional<Observed<Cluster>> assemble() {
    if (deployments.flatMap(Watched::items).isEmpty()) {
      return Optional.empty();
    }
    Optional<Deployment> found = deployments.get().items().get().stream().findFirst();
    found.ifPresent(this::follow);
    if (belongings.isPresent() && !belongings.get().complete()) {
      return Optional.empty();
    }
    Instant heard = belongings.map(OwnedObjects::heard).orElse(beatAt);
    Instant at = heard.isAfter(beatAt) ? heard : beatAt;
    var seen = found.map(drawn::deployment);
    polled.follow(found, seen);
    ClusterBuilder assembly =
        new ClusterBuilder(drawn, identity(), found, belongings, polled.scalers(), polled.gitOps());
    proxy.ask(assembly.readyPods());
    logs.read(assembly.unready());
    Cluster cluster =
        assembly.cluster(
            proxy.answers(),
            logs.answers(),
            skew,
            seat.seen(),
            polled.helm(),
            polled.around(found));
    return Optional.of(Observed.known(cluster, at));
  }

  /** Watches what this Deployment selects; one that selects something else is followed there. */
  private void follow(Deployment deployment) {
    String selector = OwnedObjects.selector(deployment);
    if (belongings.filter(old -> old.selector().equals(selector)).isEmpty()) {
      belongings.ifPresent(OwnedObjects::close);
      belongings = Optional.of(OwnedObjects.watch(api, place.namespace(), deployment, this::touch));
    }
  }

  private ClusterIdentity identity() {
    return place.ofNamespace(namespaceUid.orElse(""));
  }

  private void beat() {
    heartbeat
        .ask(belongings.map(OwnedObjects::selector), namespaceUid.isEmpty())
        .thenAccept(beat -> submit(() -> heard(beat)));
  }

  private void heard(Heartbeat.Beat beat) {
    if (beat.trouble().isPresent()) {
      silence = beat.trouble();
    } else {
      beatAt = beat.at();
      namespaceUid = namespaceUid.or(beat::namespaceUid);
      skew = beat.skew().or(() -> skew);
      if (silence.isPresent() || lags(beat)) {
        begin();
      }
      silence = Optional.empty();
    }
    touch();
    schedule(this::beat, silence.isPresent() ? pace.whenLost() : pace.beat());
  }

  /**
   * Whether the watches still show what two heartbeats in a row know to be outdated. One that is
   * still listing is given its time: a slow server must not be asked all over again.
   */
  private boolean lags(Heartbeat.Beat beat) {
    if (deployments.flatMap(Watched::items).isEmpty()
        || belongings.filter(all -> !all.complete()).isPresent()) {
      lag.forget();
      return false;
    }
    Map<String, String> shown = new HashMap<>();
    deployments.ifPresent(watched -> shown.putAll(watched.versions()));
    if (beat.withPods()) {
      belongings.ifPresent(all -> shown.putAll(all.pods().versions()));
    }
    return lag.noticed(shown, beat.versions());
  }

  private void begin() {
    closeWatches();
    Resource resource = Resource.apps(place.namespace(), "deployments");
    deployments =
        Optional.of(
            new Watched<>(
                api,
                resource,
                Map.of("fieldSelector", "metadata.name=" + name),
                Deployment.class,
                any -> true,
                this::touch));
  }

  private void closeWatches() {
    deployments.ifPresent(Watched::close);
    belongings.ifPresent(OwnedObjects::close);
    belongings = Optional.empty();
  }

  private void submit(Runnable work) {
    schedule(work, Duration.ZERO);
  }

  private void schedule(Runnable work, Duration delay) {
    try {
      thread.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // Closed in the meantime: nobody waits for it.
    }
  }

  /** Ends all watches; nothing is handed on afterwards. */
  @Override
  public void close() {
    submit(
        () -> {
          closeWatches();
          thread.shutdownNow();
        });
  }
}
