package dev.lockkeeper.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.e2e.CrashingDisk.Moment;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Entry.Kind;
import dev.lockkeeper.journal.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run from the first screen until it is finished, with a new process after each crash; each act
 * crashes once.
 *
 * @param bastion a machine of its own
 * @param course where it goes
 * @param moments the moments at which it crashes, one after the other and then from the beginning
 * @param stragglers who is left behind when no pod is left
 */
record Flight(Bastion bastion, Course course, List<Moment> moments, Stragglers stragglers) {
  private static final int MOST_PROCESSES = 70;

  /**
   * How it went.
   *
   * @param crashes where it crashed, in order: step, kind of the line, point
   * @param end what it left behind
   */
  record Log(List<String> crashes, End end) {}

  /** Flies to the end. */
  Log fly() {
    try (bastion;
        stragglers) {
      for (int process = 0; process < MOST_PROCESSES; process++) {
        Optional<End> end = flyOn();
        if (end.isPresent()) {
          return new Log(crashes(), end.get());
        }
      }
    }
    throw new AssertionError("it does not come to its end: " + crashes());
  }

  /** One process: to the end of the run, or to the next crash. */
  private Optional<End> flyOn() {
    boolean first = bastion.worlds().isEmpty();
    String[] command = first ? course.command().toArray(String[]::new) : new String[] {"resume"};
    Moment moment = moments.get(crashes().size() % moments.size());
    try (Terminal terminal = bastion.crashing(moment, notes(), command)) {
      terminal.awaits(
          "the wizard is there",
          () -> terminal.hasEnded() || terminal.screen().contains("└ enter"));
      for (Path world : bastion.worlds()) {
        Witness witness = new Witness(world);
        // Later it would wait for a table that the migration has locked.
        if (first && course.down().isEmpty()) {
          witness.endBuilds();
        }
        witness.hideReleases();
        new Autopilot(terminal, course.orders()).fly(() -> goesOn(witness));
        if (!terminal.hasEnded()) {
          return Optional.of(End.of(witness));
        }
      }
      // On a machine with much to do, cluster and database may not answer in time: once more.
      assertThat(terminal.exitCode())
          .as(terminal.screen())
          .isIn(CrashingDisk.CODE, ExitCode.CLUSTER.number(), ExitCode.DATABASE.number());
      return Optional.empty();
    }
  }

  private boolean goesOn(Witness witness) {
    List<Entry> journal = Witness.journal(witness.world().resolve("runs"));
    boolean goesDown =
        journal.stream()
            .anyMatch(entry -> entry.kind() == Kind.INTENDED && entry.step().equals(course.down()));
    if (goesDown) {
      stragglers.stay(witness);
    }
    return Progress.of(journal, Instant.EPOCH).ended();
  }

  private Path notes() {
    return bastion.folder().resolve("crashes");
  }

  private List<String> crashes() {
    try {
      return Files.exists(notes()) ? Files.readAllLines(notes()) : List.of();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
