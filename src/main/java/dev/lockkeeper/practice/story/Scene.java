package dev.lockkeeper.practice.story;

/** What an operator is let in to. */
public enum Scene {
  /** All replicas are Ready, or nobody waits for that. */
  READY,
  /** A session migrates. */
  MIGRATING,
  /** A session that migrates waits for somebody. */
  BLOCKED,
  /** Somebody waits for the migration lock. */
  QUEUED,
  /** A container has ended, or its image does not come. */
  FAILING
}
