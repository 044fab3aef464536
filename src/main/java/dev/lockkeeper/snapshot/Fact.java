package dev.lockkeeper.snapshot;

/**
 * One look at something outside, with what was seen or why nothing was. Whatever a source sees
 * becomes one of these, and a snapshot changes by nothing else that comes from a source.
 */
public sealed interface Fact {
  /** What was looked at. */
  enum Kind {
    /** The Kubernetes API: the Deployment and what is around it, logs of pods, the Lease. */
    CLUSTER,
    /** PostgreSQL. */
    DATABASE,
    /** Helm on this machine, its runs, and where charts come from. */
    HELM,
    /** Where the host of the access URL leads. */
    HOST
  }

  /** What was looked at. */
  Kind kind();

  /** What is known after this look. */
  Snapshot in(Snapshot before);

  /** A look at the cluster. */
  record OfCluster(Observed<Cluster> seen) implements Fact {
    @Override
    public Kind kind() {
      return Kind.CLUSTER;
    }

    @Override
    public Snapshot in(Snapshot before) {
      return before.withCluster(seen);
    }
  }

  /** A look at the database. */
  record OfDatabase(Observed<Database> seen) implements Fact {
    @Override
    public Kind kind() {
      return Kind.DATABASE;
    }

    @Override
    public Snapshot in(Snapshot before) {
      return before.withDatabase(seen);
    }
  }

  /** A look at Helm. */
  record OfHelm(Observed<Helm> seen) implements Fact {
    @Override
    public Kind kind() {
      return Kind.HELM;
    }

    @Override
    public Snapshot in(Snapshot before) {
      return before.withHelm(seen);
    }
  }

  /** A look at where the host of the access URL leads. */
  record OfHost(Observed<HostLookup> seen) implements Fact {
    @Override
    public Kind kind() {
      return Kind.HOST;
    }

    @Override
    public Snapshot in(Snapshot before) {
      return before.withHost(seen);
    }
  }
}
