package dev.lockkeeper.action;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.diagnosis.Candidates;
import dev.lockkeeper.diagnosis.Spoken;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Database.PreparedTransaction;
import dev.lockkeeper.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/** Roll back the oldest prepared transaction, when the migrator waits for one (C33). */
public record RollBackPrepared() implements Action {
  /** Longer than this, nobody types it without a mistake. */
  private static final int TYPABLE = 40;

  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    Optional<Database> database = snapshot.freshDatabase();
    if (database.isEmpty()) {
      return Proposal.none("the database cannot be read now");
    }
    if (!Candidates.preparedBlocks(snapshot)) {
      return Proposal.none("no migrator waits for a prepared transaction");
    }
    return database.get().prepared().stream()
        .max(Comparator.comparing(PreparedTransaction::age))
        .map(oldest -> Proposal.of(plan(database.get(), oldest)))
        .orElseGet(
            () ->
                Proposal.none(
                    "the prepared transaction is not listed: look for it in"
                        + " pg_prepared_xacts"));
  }

  private static Plan plan(Database database, PreparedTransaction oldest) {
    List<String> effects = new ArrayList<>();
    effects.add(
        "what was prepared %s ago by %s is rolled back, and its locks are set free"
            .formatted(Spoken.of(oldest.age()), oldest.owner()));
    effects.add(
        "a transaction manager may have promised its commit: Coder itself prepares none, so ask"
            + " its owner first");
    int others = database.prepared().size() - 1;
    if (others > 0) {
      effects.add(
          "%s stay; which of all these blocks cannot be told, and this one is the oldest"
              .formatted(Spoken.count(others, "other")));
    }
    String phrase = phrase(oldest.gid());
    if (!phrase.equals(oldest.gid())) {
      effects.add("its identifier cannot well be typed; its digest is " + phrase);
    }
    return new Plan(
        new PreparedRequest(database.identity(), oldest.gid(), oldest.owner(), oldest.preparedAt()),
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
