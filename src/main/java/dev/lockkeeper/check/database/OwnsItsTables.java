package dev.lockkeeper.check.database;

import dev.lockkeeper.analysis.CoderRole;
import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.RoleFacts;
import dev.lockkeeper.snapshot.RoleFacts.OwnedObject;
import dev.lockkeeper.snapshot.RoleFacts.Standing;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Coder's role may alter what the pending migrations touch. After a restore by another role it may
 * not.
 */
public record OwnsItsTables() implements Check {
  private static final int MOST = 4;

  @Override
  public String word() {
    return "owns-its-tables";
  }

  @Override
  public String question() {
    return "Coder's role owns what a migration alters";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    Optional<RoleFacts> facts = CoderRole.facts(snapshot);
    CoderRole coder = CoderRole.of(snapshot);
    if (facts.isEmpty()) {
      return Verdict.unknown("who owns what in the database cannot be read");
    }
    Optional<Standing> standing = coder.name().flatMap(facts.get()::standing);
    if (standing.isEmpty()) {
      return Verdict.unknown(
          coder.name().isEmpty()
              ? coder.why()
              : "what %s may do is not known".formatted(coder.name().get()));
    }
    return of(facts.get(), standing.get(), touched(snapshot, knowledge));
  }

  /** The tables of the path; all of them while it is not known. */
  private static Optional<Set<String>> touched(Snapshot snapshot, Knowledge knowledge) {
    UpgradePath path = UpgradePath.of(snapshot, knowledge);
    return path.schema().isPresent() && path.wanted().isPresent()
        ? Optional.of(
            path.pending(knowledge).stream()
                .flatMap(migration -> migration.touches().stream())
                .collect(Collectors.toSet()))
        : Optional.empty();
  }

  private static Verdict of(RoleFacts facts, Standing coder, Optional<Set<String>> touched) {
    List<OwnedObject> foreign =
        facts.objects().stream().filter(each -> !coder.mayAlter(each)).toList();
    List<OwnedObject> tables =
        foreign.stream()
            .filter(each -> each.kind().equals("table"))
            .filter(each -> touched.map(names -> names.contains(each.name())).orElse(true))
            .toList();
    if (!tables.isEmpty()) {
      return Verdict.fail(coder.role() + " may not alter " + named(tables));
    }
    if (!coder.creates() && !coder.superuser()) {
      return Verdict.fail(coder.role() + " may not create anything in Coder's schema");
    }
    return foreign.isEmpty()
        ? Verdict.pass("all that is in Coder's schema may be altered by " + coder.role())
        : Verdict.unknown(
            "no such table, but whether a migration alters these is not known: " + named(foreign));
  }

  private static String named(List<OwnedObject> objects) {
    String some =
        objects.stream()
            .limit(MOST)
            .map(each -> "%s %s (of %s)".formatted(each.kind(), each.name(), each.owner()))
            .collect(Collectors.joining(", "));
    return objects.size() > MOST
        ? some + " and " + Durations.count(objects.size() - MOST, "other")
        : some;
  }
}
