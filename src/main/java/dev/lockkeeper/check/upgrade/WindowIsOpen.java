package dev.lockkeeper.check.upgrade;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The moment lies in the upgrade window that the operator named (C2). */
public record WindowIsOpen() implements Check {
  @Override
  public String word() {
    return "window-is-open";
  }

  @Override
  public String question() {
    return "the upgrade window is open";
  }

  @Override
  public List<String> needs() {
    return List.of("window-start", "window-end");
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Instant> start = AttestedTime.said(snapshot, "window-start");
    Optional<Instant> end = AttestedTime.said(snapshot, "window-end");
    if (start.isEmpty() || end.isEmpty()) {
      return Verdict.unknown("no window was named");
    }
    Instant now = snapshot.now();
    if (now.isBefore(start.get())) {
      return Verdict.fail("opens in " + Durations.of(Duration.between(now, start.get())));
    }
    return now.isAfter(end.get())
        ? Verdict.fail("closed " + Durations.of(Duration.between(end.get(), now)) + " ago")
        : Verdict.pass("open for another " + Durations.of(Duration.between(now, end.get())));
  }
}
