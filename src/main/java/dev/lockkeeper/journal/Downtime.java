package dev.lockkeeper.journal;

import dev.lockkeeper.action.RequestKind;
import dev.lockkeeper.runbook.Runbook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How long Coder was down because of a run: from the first act that took all of its pods away until
 * a step observed that pods are Ready again. What the journal does not say is not guessed.
 *
 * @param windows each time that it was taken down, in order; empty where no act of the run did so
 */
public record Downtime(List<Window> windows) {
  /** What a step must have observed for Coder to be back. */
  private static final Set<String> READY =
      Set.of("target-is-served", "image-is-served", "replicas-are-back", "v1-pods-are-ready");

  public Downtime {
    windows = List.copyOf(windows);
  }

  /**
   * One time that it was taken down.
   *
   * @param down the act, as it was intended
   * @param known whether the act is known to be done
   * @param up the step that observed that pods are Ready; empty if none did, or none is known to
   * @param watched whether the program was there all the time in between
   */
  public record Window(Entry down, boolean known, Optional<Entry> up, boolean watched) {
    /** How long; empty while it is not known, or where the clock was set back in between. */
    public Optional<Duration> length() {
      return up.map(ready -> Duration.between(down.at(), ready.at()))
          .filter(length -> known && !length.isNegative());
    }
  }

  /**
   * As a journal tells it.
   *
   * @param runbook the one that was walked; without it no step is known to observe anything
   */
  public static Downtime of(List<Entry> entries, Optional<Runbook> runbook) {
    Fold fold = new Fold(runbook);
    entries.forEach(fold::add);
    fold.close(Optional.empty());
    return new Downtime(fold.windows);
  }

  /** All of it; empty while any part of it is not known. */
  public Optional<Duration> length() {
    return windows.stream().allMatch(window -> window.length().isPresent())
        ? windows.stream().flatMap(window -> window.length().stream()).reduce(Duration::plus)
        : Optional.empty();
  }

  private static final class Fold {
    private final Optional<Runbook> runbook;
    private final List<Window> windows = new ArrayList<>();
    private Optional<Entry> down = Optional.empty();
    private boolean known;
    private boolean watched = true;

    private Fold(Optional<Runbook> runbook) {
      this.runbook = runbook;
    }

    private void add(Entry entry) {
      switch (entry.kind()) {
        case INTENDED, UNKNOWN -> taken(entry, false);
        case DONE -> taken(entry, true);
        case REFUSED -> down = down.filter(act -> known || !act.step().equals(entry.step()));
        case COMPLETED -> completed(entry);
        case RESUMED -> watched = false;
        case STARTED, REMEMBERED, ATTESTED, CHOSEN, WAIVED, SKIPPED, REOPENED, LEFT, FINISHED -> {}
      }
    }

    private void taken(Entry entry, boolean done) {
      if (takesDown(entry)) {
        watched = down.isPresent() ? watched : true;
        down = down.or(() -> Optional.of(entry));
        known = known || done;
      }
    }

    private void completed(Entry entry) {
      // What is over was seen to be so, whatever became of the answer to the act.
      boolean own = down.filter(act -> act.step().equals(entry.step())).isPresent();
      known = known || own;
      if (sees(entry)) {
        close(Optional.of(entry));
      }
    }

    private boolean sees(Entry entry) {
      return runbook
          .flatMap(walked -> walked.step(entry.step()))
          .filter(step -> step.after().stream().anyMatch(check -> READY.contains(check.word())))
          .isPresent();
    }

    private void close(Optional<Entry> up) {
      down.ifPresent(act -> windows.add(new Window(act, known, up, watched)));
      down = Optional.empty();
      known = false;
    }
  }

  /** Whether no pod of Coder is left after this act. */
  private static boolean takesDown(Entry entry) {
    return entry
        .request()
        .filter(
            kind ->
                kind == RequestKind.HELM_UNINSTALL
                    || kind == RequestKind.SCALE && entry.value("to").equals("0"))
        .isPresent();
  }
}
