package dev.lockkeeper.check.database;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/** The server is no older than Coder accepts. */
public record PostgresIsSupported() implements Check {
  private static final int MAJOR = 10_000;

  @Override
  public String word() {
    return "postgres-is-supported";
  }

  @Override
  public String question() {
    return "PostgreSQL is " + Knowledge.LEAST_POSTGRES + " or newer";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<Database> database = snapshot.freshDatabase();
    if (database.isEmpty()) {
      return Verdict.unknown("the database cannot be read");
    }
    int version = database.get().identity().version();
    return Verdict.of(
        version / MAJOR >= Knowledge.LEAST_POSTGRES,
        "version %d.%d".formatted(version / MAJOR, version % MAJOR));
  }
}
