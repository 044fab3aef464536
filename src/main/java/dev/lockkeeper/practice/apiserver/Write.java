package dev.lockkeeper.practice.apiserver;

/**
 * How an object is written, besides what is written.
 *
 * @param manager who writes: the field manager
 * @param operation {@code Update}, or {@code Apply} for server-side apply
 * @param subresource {@code status}, {@code scale}, or empty for the object itself
 * @param dryRun whether to go through all of it and keep nothing
 */
public record Write(String manager, String operation, String subresource, boolean dryRun) {
  /** An ordinary write by this manager. */
  public static Write by(String manager) {
    return new Write(manager, "Update", "", false);
  }

  /** The same write, to a subresource. */
  public Write to(String part) {
    return new Write(manager, operation, part, dryRun);
  }

  boolean status() {
    return subresource.equals("status");
  }
}
