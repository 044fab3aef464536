package dev.lockkeeper.snapshot;

/**
 * What is read of one object of the cluster because somebody wants to see it; nothing is concluded
 * from it.
 *
 * @param kind what is read
 * @param name the object's name
 * @param uid the object's uid: another one of that name is not meant
 * @param container whose log, by its name; empty for the one that is at work. Of a log alone.
 * @param previous whether the log of the container's run before this one is meant
 * @param times how often it was asked for: to ask again is to read anew
 */
public record Inspection(
    Kind kind, String name, String uid, String container, boolean previous, int times) {
  /** What can be read. */
  public enum Kind {
    /** The log of one of a pod's containers, which goes on as it is printed. */
    LOG("log of pod"),
    POD("Pod"),
    REPLICA_SET("ReplicaSet"),
    DEPLOYMENT("Deployment");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** Such as {@code log of pod} or {@code Deployment}. */
    public String word() {
      return word;
    }
  }

  /** The present log of the container that is at work in this pod. */
  public static Inspection log(String pod, String uid) {
    return new Inspection(Kind.LOG, pod, uid, "", false, 1);
  }

  /** An object as the API has it now. */
  public static Inspection object(Kind kind, String name, String uid) {
    return new Inspection(kind, name, uid, "", false, 1);
  }

  /** The same, read anew. */
  public Inspection again() {
    return new Inspection(kind, name, uid, container, previous, times + 1);
  }

  /** The log of another container of the same pod. */
  public Inspection of(String other) {
    return new Inspection(kind, name, uid, other, false, times);
  }

  /** The log of the container's run before, or of the present one. */
  public Inspection before(boolean older) {
    return new Inspection(kind, name, uid, container, older, times);
  }
}
