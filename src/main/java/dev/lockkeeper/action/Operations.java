package dev.lockkeeper.action;

/**
 * The ports through which acts leave the core.
 *
 * @param cluster changes Kubernetes objects
 * @param database changes what happens in PostgreSQL
 * @param helm runs helm
 * @param evidence keeps what is seen
 */
public record Operations(
    ClusterOperations cluster,
    DatabaseOperations database,
    HelmOperations helm,
    EvidenceOperations evidence) {
  /** The ports of a sitting whose runbook has nothing to do with Helm. */
  public Operations(ClusterOperations cluster, DatabaseOperations database) {
    this(
        cluster,
        database,
        new NoHelm("Helm is no part of this runbook"),
        request -> Outcome.refused("there is no folder to keep it in"));
  }

  /** The same with another port to Helm. */
  public Operations with(HelmOperations other) {
    return new Operations(cluster, database, other, evidence);
  }

  /** The same with another place for what is kept. */
  public Operations with(EvidenceOperations other) {
    return new Operations(cluster, database, helm, other);
  }
}
