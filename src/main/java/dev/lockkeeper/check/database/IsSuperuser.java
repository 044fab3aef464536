package dev.lockkeeper.check.database;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Snapshot;

/** Our role is a superuser, as Coder v1's guide asks for (C51). */
public record IsSuperuser() implements Check {
  @Override
  public String word() {
    return "is-superuser";
  }

  @Override
  public String question() {
    return "our database role is a superuser";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    return snapshot
        .freshDatabase()
        .map(IsSuperuser::judged)
        .orElseGet(() -> Verdict.unknown("the database cannot be read"));
  }

  private static Verdict judged(Database seen) {
    String role = seen.identity().user();
    return Verdict.of(
        seen.rights().superuser(),
        seen.rights().superuser()
            ? role + " is a superuser (rolsuper)"
            : role + " is no superuser (rolsuper)");
  }
}
