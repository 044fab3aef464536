package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * How an object is written, besides what is written.
 *
 * @param manager who writes: the field manager
 * @param operation {@code Update}, or {@code Apply} for server-side apply
 * @param subresource {@code status}, {@code scale}, or empty for the object itself
 * @param dryRun whether to go through all of it and keep nothing
 * @param applied all that its manager says, with server-side apply
 */
public record Write(
    String manager,
    String operation,
    String subresource,
    boolean dryRun,
    Optional<ObjectNode> applied) {
  /** An ordinary write by this manager. */
  public static Write by(String manager) {
    return new Write(manager, "Update", "", false, Optional.empty());
  }

  /** The same write, to a subresource. */
  public Write to(String part) {
    return new Write(manager, operation, part, dryRun, applied);
  }

  /** The same write, by server-side apply. */
  Write applying(ObjectNode config) {
    return new Write(manager, operation, subresource, dryRun, Optional.of(config));
  }

  boolean status() {
    return subresource.equals("status");
  }
}
