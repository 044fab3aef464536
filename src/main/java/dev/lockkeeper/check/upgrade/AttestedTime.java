package dev.lockkeeper.check.upgrade;

import dev.lockkeeper.snapshot.Snapshot;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Moments that a person named. */
final class AttestedTime {
  private AttestedTime() {}

  /** The moment in the answer to this question; empty as well when the answer names none. */
  static Optional<Instant> said(Snapshot snapshot, String word) {
    try {
      return snapshot.run().said(word).map(said -> Instant.parse(said.value()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
