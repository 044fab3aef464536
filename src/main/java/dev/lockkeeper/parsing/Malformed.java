package dev.lockkeeper.parsing;

/** A file of ours says something that cannot be understood: {@code file:line: what is wrong}. */
public final class Malformed extends RuntimeException {
  public Malformed(String message) {
    super(message);
  }
}
