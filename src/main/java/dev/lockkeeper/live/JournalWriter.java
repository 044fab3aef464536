package dev.lockkeeper.live;

import dev.lockkeeper.files.JournalFile;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Head;
import dev.lockkeeper.wizard.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Writes the journal on a thread of its own. What an act has come to is kept until it is certainly
 * on disk: it is tried again until then, and nothing else overtakes it.
 */
final class JournalWriter implements AutoCloseable {
  private static final Duration AGAIN = Duration.ofSeconds(1);

  /** How long the disk may take for what is still to be written. */
  private static final Duration LAST_LINES = Duration.ofSeconds(2);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread writing = new Thread(work, "journal");
            writing.setDaemon(true);
            return writing;
          });

  private final JournalFile journal;
  private final Consumer<Head> anchor;
  private final Consumer<Event> told;
  private final Set<Entry> outcomes = new LinkedHashSet<>();
  private boolean again;

  /**
   * @param anchor takes the journal's newest head, on this writer's thread
   * @param told takes what became of each entry
   */
  JournalWriter(JournalFile journal, Consumer<Head> anchor, Consumer<Event> told) {
    this.journal = journal;
    this.anchor = anchor;
    this.told = told;
  }

  /** Takes an entry from any thread; {@code Written} or {@code NotWritten} follows. */
  void append(Entry entry) {
    if (entry.kind().outcome()) {
      synchronized (outcomes) {
        outcomes.add(entry);
      }
    }
    thread.execute(() -> write(entry));
  }

  /** What acts have come to that is not certainly on disk, oldest first. */
  List<Entry> unwritten() {
    synchronized (outcomes) {
      return List.copyOf(outcomes);
    }
  }

  private void write(Entry entry) {
    try {
      settle();
      if (!entry.kind().outcome()) {
        put(entry);
      }
    } catch (Exception | Error e) {
      told.accept(new Event.NotWritten(entry, Reasons.of(e)));
      later();
    }
  }

  private void settle() throws Exception {
    for (Entry outcome : new ArrayList<>(unwritten())) {
      put(outcome);
    }
  }

  private void put(Entry entry) throws Exception {
    journal.append(entry);
    synchronized (outcomes) {
      outcomes.remove(entry);
    }
    told.accept(new Event.Written(entry));
    anchor.accept(journal.head());
  }

  /** Only one attempt waits at a time, however many entries find the disk full. */
  private void later() {
    if (again || unwritten().isEmpty()) {
      return;
    }
    try {
      thread.schedule(this::retry, AGAIN.toMillis(), TimeUnit.MILLISECONDS);
      again = true;
    } catch (RejectedExecutionException e) {
      // Closed in the meantime: whoever leaves is told what is not on disk.
    }
  }

  private void retry() {
    again = false;
    unwritten().stream().findFirst().ifPresent(this::write);
  }

  /** Tries once more what is not on disk, and waits for it for a moment. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(LAST_LINES.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
