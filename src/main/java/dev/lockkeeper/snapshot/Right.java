package dev.lockkeeper.snapshot;

import java.util.List;

/**
 * Something that our user may or may not do in the cluster.
 *
 * @param use what it is for
 * @param verbs such as {@code get} and {@code patch}
 * @param group the API group; empty for the core one
 * @param resource the plural name, with a subresource as in {@code deployments/scale}
 * @param name the one object that is meant; empty for all of the namespace
 * @param denied those of the verbs that the API server would refuse, or why that is not known
 */
public record Right(
    Use use,
    List<String> verbs,
    String group,
    String resource,
    String name,
    Observed<List<String>> denied) {
  public Right {
    verbs = List.copyOf(verbs);
  }

  /** What a right is for. */
  public enum Use {
    /** To see the Deployment, its ReplicaSets, its Pods and their events: nothing works without. */
    WATCH,
    /** To notice that the context leads to another cluster with the same names. */
    IDENTIFY,
    /** To find the database's URL where the Deployment has it. */
    FIND_DATABASE,
    /** To ask running servers for their version. */
    ASK_SERVERS,
    /** To read the last lines that a pod said before it failed. */
    READ_LOGS,
    /** To know which Helm release a Deployment belongs to, and in which state it is. */
    READ_RELEASES,
    /** To let helm write its revisions. */
    RUN_HELM,
    /** To see the public address of a Coder v1. */
    SEE_SERVICES,
    /** To see autoscalers. */
    SEE_SCALERS,
    /** To hold what would scale it back, and to let it go on. */
    HOLD_SCALERS,
    /** To scale down and back. */
    SCALE,
    /** To change the image. */
    CHANGE_IMAGE,
    /** To take the liveness probe out and to put it back. */
    CHANGE_PROBE,
    /** To be seen as the one operator who acts. */
    HOLD_LEASE
  }
}
