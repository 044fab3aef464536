package dev.lockkeeper.coder;

import java.util.Optional;

/**
 * A trouble that others had on an upgrade path.
 *
 * @param id a word of our own, such as {@code api-keys-371}
 * @param title one line
 * @param severity what it asks of the operator
 * @param source installed versions that it can meet
 * @param target versions that it is met on the way to
 * @param symptom what is seen
 * @param cause why
 * @param remedy what to do
 * @param evidence the live fact that tells whether it concerns this deployment
 * @param reference where it was reported
 */
public record KnownIssue(
    String id,
    String title,
    Severity severity,
    VersionRange source,
    VersionRange target,
    String symptom,
    String cause,
    String remedy,
    Optional<Evidence> evidence,
    String reference) {
  /** What an issue asks of the operator. The order is the one in which they are shown. */
  public enum Severity {
    /** Take another version, or ask support first. */
    AVOID,
    /** Do something before or during the upgrade. */
    PREPARE,
    /** Nothing; it is good to have heard of it. */
    KNOW
  }

  /** Whether an upgrade from {@code from} to {@code to} can meet it. */
  public boolean concerns(CoderVersion from, CoderVersion to) {
    return source.contains(from) && target.contains(to);
  }
}
