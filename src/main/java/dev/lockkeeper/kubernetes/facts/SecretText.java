package dev.lockkeeper.kubernetes.facts;

import java.util.Objects;

/** A value that is used and never shown. */
public final class SecretText {
  private final String value;

  SecretText(String value) {
    this.value = Objects.requireNonNull(value);
  }

  /** The value itself, for the one place that needs it. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "(hidden)";
  }
}
