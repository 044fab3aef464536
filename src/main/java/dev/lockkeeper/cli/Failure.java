package dev.lockkeeper.cli;

import dev.lockkeeper.snapshot.Masked;
import java.util.List;

/**
 * The program cannot go on; its message is one clear sentence that says what, where and what to do
 * next.
 */
public final class Failure extends Exception {
  private static final long serialVersionUID = 1L;

  private final ExitCode code;
  private final transient List<String> choices;

  public Failure(ExitCode code, String message) {
    this(code, message, List.of());
  }

  /** With what there is to choose from, each in a line of its own below the message. */
  public Failure(ExitCode code, String message, List<String> choices) {
    super(message);
    this.code = code;
    this.choices = List.copyOf(choices);
  }

  /** What nobody has thought of. */
  public static Failure mistake(Exception failed) {
    return new Failure(
        ExitCode.INTERNAL,
        "this is a mistake of the program, please report it: "
            + Masked.of(failed.toString()).text());
  }

  List<String> choices() {
    return choices;
  }

  public ExitCode code() {
    return code;
  }
}
