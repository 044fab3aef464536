package dev.lockkeeper.view;

import dev.lockkeeper.snapshot.RunFacts.Attested;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The clock of the upgrade window that the operator named. */
final class WindowClock {
  private WindowClock() {}

  /** {@code window 00:12 of 01:30 gone}, or nothing while no window was named. */
  static String text(Snapshot snapshot, boolean whole) {
    Optional<Instant> start = moment(snapshot, "window-start");
    Optional<Instant> end = moment(snapshot, "window-end");
    if (start.isEmpty() || end.isEmpty()) {
      return "";
    }
    Instant now = snapshot.now();
    if (now.isBefore(start.get())) {
      return "window opens in " + Elapsed.text(Duration.between(now, start.get()));
    }
    if (now.isAfter(end.get())) {
      return "window closed " + Elapsed.text(Duration.between(end.get(), now)) + " ago";
    }
    String gone = clock(Duration.between(start.get(), now));
    String all = clock(Duration.between(start.get(), end.get()));
    return whole ? "window %s of %s gone".formatted(gone, all) : "window " + gone + "/" + all;
  }

  /** Hours and minutes: {@code 01:30}. */
  private static String clock(Duration duration) {
    return "%02d:%02d".formatted(duration.toHours(), duration.toMinutesPart());
  }

  private static Optional<Instant> moment(Snapshot snapshot, String word) {
    return snapshot.run().said(word).map(Attested::value).map(Instant::parse);
  }
}
