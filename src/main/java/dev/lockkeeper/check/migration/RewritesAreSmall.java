package dev.lockkeeper.check.migration;

import dev.lockkeeper.analysis.Bytes;
import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.ServerLoad.TableSize;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the pending migrations may write again needs little room. A table that is rewritten is there
 * twice until the commit, and no SQL tells how much of the disk is free.
 */
public record RewritesAreSmall() implements Check {
  private static final long LITTLE = 1L << 30;

  @Override
  public String word() {
    return "rewrites-are-small";
  }

  @Override
  public String question() {
    return "pending migrations may rewrite only small tables";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    UpgradePath path = UpgradePath.certain(snapshot, knowledge);
    Optional<List<TableSize>> sizes =
        snapshot.freshDatabase().map(each -> each.load().tables()).flatMap(Observed::value);
    if (sizes.isEmpty()) {
      return Verdict.unknown("sizes of tables are not known");
    }
    if (path.schema().isEmpty() || path.wanted().isEmpty()) {
      return Verdict.unknown("the installed or the target schema number is not known");
    }
    Set<String> touched =
        path.pending(knowledge).stream()
            .flatMap(migration -> migration.touches().stream())
            .collect(Collectors.toSet());
    long whole = snapshot.freshDatabase().orElseThrow().load().growth().databaseBytes();
    return whole > 0 && whole <= LITTLE
        ? Verdict.pass("the whole database has " + Bytes.of(whole))
        : of(sizes.get().stream().filter(each -> touched.contains(each.name())).toList());
  }

  private static Verdict of(List<TableSize> tables) {
    boolean counted = tables.stream().noneMatch(each -> each.rows() < 0);
    long bytes = tables.stream().mapToLong(TableSize::bytes).sum();
    String most =
        tables.stream()
            .max(Comparator.comparingLong(TableSize::bytes))
            .map(each -> ", most of it " + each.name())
            .orElse("");
    String evidence =
        counted
            ? "up to %s by estimate%s".formatted(Bytes.of(bytes), most)
            : "some of them were never analysed";
    return bytes <= LITTLE && counted
        ? Verdict.pass(evidence)
        : Verdict.unknown(
            evidence + ": as much must be free on the server's disk, which SQL does not show");
  }
}
