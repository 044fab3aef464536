package dev.lockkeeper.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A helm that this program started and that goes on without it, as its folder tells.
 *
 * @param name the folder's name: {@code 1}, {@code 2} and so on
 * @param digest what was confirmed, so that it is not taken for another one
 * @param state how it stands
 * @param status the exit status, once it has ended
 * @param pid the process that looks after it
 * @param startedAt when it began
 * @param endedAt when it ended
 * @param lines the last lines of its output; anybody's text, without what looks like a password
 */
public record HelmRun(
    String name,
    String digest,
    State state,
    Optional<Integer> status,
    long pid,
    Instant startedAt,
    Optional<Instant> endedAt,
    List<String> lines) {
  /** How a run stands. */
  public enum State {
    /** It is alive. */
    RUNNING,
    /** It ended and left its exit status. */
    ENDED,
    /** It is gone and left no exit status: what it did is told by the release alone. */
    VANISHED
  }

  public HelmRun {
    lines = List.copyOf(lines);
  }

  /** Whether it ended well. */
  public boolean succeeded() {
    return status.filter(code -> code == 0).isPresent();
  }
}
