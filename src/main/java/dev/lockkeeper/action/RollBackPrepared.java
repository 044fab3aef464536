package dev.lockkeeper.action;

import dev.lockkeeper.analysis.Blockers;
import dev.lockkeeper.analysis.Candidates;
import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.WaitPrediction;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Database.PreparedTransaction;
import dev.lockkeeper.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Roll back a prepared transaction for which a migration waits (C33); where it waits for several,
 * the oldest of these.
 */
public record RollBackPrepared() implements Action {
  /** Longer than this, nobody types it without a mistake. */
  private static final int TYPABLE = 40;

  @Override
  public String word() {
    return "roll-back-prepared";
  }

  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    Optional<Database> database = snapshot.freshDatabase();
    if (database.isEmpty()) {
      return Proposal.none("the database cannot be read now");
    }
    Blockers blockers = Blockers.of(database.get());
    if (!Candidates.preparedBlocks(snapshot)) {
      return Proposal.none("no migrator waits for a prepared transaction");
    }
    return blockers.surelyPrepared(database.get()).stream()
        .max(Comparator.naturalOrder())
        .map(place -> Proposal.of(plan(snapshot, database.get(), place)))
        .orElseGet(
            () ->
                Proposal.none(
                    "which prepared transaction blocks is not known: look for it in"
                        + " pg_prepared_xacts"));
  }

  private static Plan plan(Snapshot snapshot, Database database, int place) {
    PreparedTransaction seen = database.prepared(place).orElseThrow();
    List<String> effects = new ArrayList<>();
    effects.add(
        "what was prepared %s ago by %s is rolled back, and its locks are set free"
            .formatted(Durations.of(seen.age()), seen.owner()));
    Optional<Prediction> prediction =
        Blockers.of(database)
            .waiter()
            .flatMap(waiter -> WaitPrediction.of(database, waiter, List.of(place)))
            .flatMap(release -> Prediction.of(snapshot, database, release));
    prediction.map(Prediction::told).ifPresent(effects::add);
    effects.add(
        "a transaction manager may have promised its commit: Coder itself prepares none, so ask"
            + " its owner first");
    int others = database.prepared().size() - 1;
    if (others > 0) {
      effects.add(
          Durations.count(others, "other prepared transaction")
              + (others == 1 ? " stays" : " stay"));
    }
    String phrase = phrase(seen.gid());
    if (!phrase.equals(seen.gid())) {
      effects.add("its identifier is hard to type; its digest is " + phrase);
    }
    return new Plan(
        new PreparedRequest(
            database.identity(), seen.gid(), seen.owner(), seen.preparedAt(), prediction),
        Risk.IRREVERSIBLE,
        effects,
        "none: what was prepared is gone",
        phrase);
  }

  /** The identifier itself, or a short digest of it; it only has to be read from the screen. */
  static String phrase(String gid) {
    boolean plain =
        !gid.isEmpty() && gid.length() <= TYPABLE && gid.chars().allMatch(c -> c > ' ' && c < 127);
    if (plain) {
      return gid;
    }
    CRC32 digest = new CRC32();
    digest.update(gid.getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(digest.getValue());
  }
}
