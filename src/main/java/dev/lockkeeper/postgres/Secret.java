package dev.lockkeeper.postgres;

import java.util.Objects;

/** A password. It never shows itself: not in a message, a log or a debugger's first glance. */
public final class Secret {
  private static final Secret NONE = new Secret("");

  private final String text;

  private Secret(String text) {
    this.text = Objects.requireNonNull(text);
  }

  public static Secret of(String text) {
    return text.isEmpty() ? NONE : new Secret(text);
  }

  public static Secret none() {
    return NONE;
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }

  /** The password itself, for the driver alone. */
  String reveal() {
    return text;
  }

  /** The message with the password blotted out, should a library have put it there. */
  String blot(String message) {
    return text.length() < 4 ? message : message.replace(text, toString());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret && ((Secret) other).text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "******";
  }
}
