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

/** A backup was attested, and it is no older than an hour (C19). */
public record BackupIsRecent() implements Check {
  private static final Duration LIMIT = Duration.ofHours(1);

  @Override
  public String word() {
    return "backup-is-recent";
  }

  @Override
  public String question() {
    return "a backup is not older than 1 h";
  }

  @Override
  public List<String> needs() {
    return List.of("backup-time");
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Instant> taken = AttestedTime.said(snapshot, "backup-time");
    if (taken.isEmpty()) {
      return Verdict.unknown("no backup was named");
    }
    Duration age = Duration.between(taken.get(), snapshot.now());
    String backup = snapshot.run().said("backup-id").map(said -> said.value()).orElse("no id");
    return Verdict.of(
        !age.isNegative() && age.compareTo(LIMIT) <= 0,
        "%s, %s ago, as you said".formatted(backup, Durations.of(age)));
  }
}
