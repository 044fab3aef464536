package dev.lockkeeper.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Everything that is known at one moment.
 *
 * @param now the moment, by the bastion's clock
 * @param cluster what the Kubernetes API says
 * @param database what PostgreSQL says
 * @param helm what there is to run Helm with
 * @param host where the host of the access URL leads, which is looked up where a step asks for it
 * @param run what the operator said and what this run remembers
 * @param sightings what was seen over time
 * @param conclusions what was concluded from it so far
 */
public record Snapshot(
    Instant now,
    Observed<Cluster> cluster,
    Observed<Database> database,
    Observed<Helm> helm,
    Observed<HostLookup> host,
    RunFacts run,
    Sightings sightings,
    Conclusions conclusions) {
  /** A fact that is older than this may be shown, with its age, but never acted upon. */
  public static final Duration FRESH = Duration.ofSeconds(5);

  /** A moment from which nothing was concluded yet. */
  private Snapshot(
      Instant now,
      Observed<Cluster> cluster,
      Observed<Database> database,
      Observed<Helm> helm,
      Observed<HostLookup> host,
      RunFacts run,
      Sightings sightings) {
    this(now, cluster, database, helm, host, run, sightings, Conclusions.none());
  }

  /** A first look, before which nothing was seen. */
  public Snapshot(
      Instant now,
      Observed<Cluster> cluster,
      Observed<Database> database,
      Observed<Helm> helm,
      RunFacts run) {
    this(now, cluster, database, helm, Observed.notYet(now), run, Sightings.NOTHING);
  }

  /** A moment in which nobody looked for a Helm to run. */
  public Snapshot(
      Instant now, Observed<Cluster> cluster, Observed<Database> database, RunFacts run) {
    this(now, cluster, database, Observed.notYet(now), run);
  }

  /** Nothing is known yet. */
  public static Snapshot empty(Instant now, RunFacts run) {
    return new Snapshot(now, Observed.notYet(now), Observed.notYet(now), run);
  }

  /** The cluster, if it was read recently enough to act upon. */
  public Optional<Cluster> freshCluster() {
    return cluster.fresh(now, FRESH);
  }

  /** The database, if it was read recently enough to act upon. */
  public Optional<Database> freshDatabase() {
    return database.fresh(now, FRESH);
  }

  /** What there is to run Helm with, if that was looked at recently enough to act upon. */
  public Optional<Helm> freshHelm() {
    return helm.fresh(now, FRESH);
  }

  /**
   * What follows from all of this, worked out once, whoever asks.
   *
   * @param kind what is asked for
   * @param work works it out; it must follow from this snapshot
   */
  public <T> T concluded(Class<T> kind, Supplier<T> work) {
    return conclusions.of(this, kind, work);
  }

  /**
   * Whether no news is in the one that is not in the other. Ages, what it cost and what is read
   * less often are none: nobody waits for them within a second.
   */
  public boolean tellsTheSameAs(Snapshot other) {
    return run.equals(other.run)
        && cluster.tellsTheSameAs(other.cluster, Cluster::tellsTheSameAs)
        && database.tellsTheSameAs(other.database, Database::tellsTheSameAs)
        && helm.tellsTheSameAs(other.helm, Helm::equals)
        && host.tellsTheSameAs(other.host, HostLookup::equals);
  }

  public Snapshot at(Instant moment) {
    return moment.equals(now)
        ? this
        : new Snapshot(moment, cluster, database, helm, host, run, sightings);
  }

  public Snapshot with(RunFacts facts) {
    return new Snapshot(now, cluster, database, helm, host, facts, sightings);
  }

  /** After a look at the cluster, which is remembered. */
  public Snapshot withCluster(Observed<Cluster> observed) {
    Sightings seen =
        observed.isKnown()
            ? sightings.after(observed.value().orElseThrow(), observed.at())
            : sightings;
    return new Snapshot(now, observed, database, helm, host, run, seen);
  }

  /** After a look at the database, which is remembered. */
  public Snapshot withDatabase(Observed<Database> observed) {
    Sightings seen =
        observed.isKnown()
            ? sightings.after(
                observed.value().orElseThrow(), observed.at(), cluster.fresh(observed.at(), FRESH))
            : sightings;
    return new Snapshot(now, cluster, observed, helm, host, run, seen);
  }

  public Snapshot withHelm(Observed<Helm> observed) {
    return new Snapshot(now, cluster, database, observed, host, run, sightings);
  }

  public Snapshot withHost(Observed<HostLookup> observed) {
    return new Snapshot(now, cluster, database, helm, observed, run, sightings);
  }
}
