package dev.lockkeeper.reading;

import dev.lockkeeper.analysis.Bytes;
import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.Migration;
import dev.lockkeeper.snapshot.ServerLoad.TableSize;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which migrations the target will run, and which existing tables they touch, largest first. */
final class PendingMigrations {
  private static final int TABLES = 6;

  private PendingMigrations() {}

  static List<String> lines(Snapshot snapshot, Knowledge knowledge) {
    UpgradePath path = UpgradePath.of(snapshot, knowledge);
    if (path.schema().isEmpty() || path.wanted().isEmpty()) {
      return List.of("unknown: the installed or the target schema number is not known");
    }
    List<Migration> pending = path.pending(knowledge);
    if (pending.isEmpty()) {
      return List.of("no migration is pending: the schema stays at " + path.schema().get());
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d migrations, %d to %d"
            .formatted(
                pending.size(), pending.get(0).number(), pending.get(pending.size() - 1).number()));
    Map<String, List<Migration>> touched = touched(pending);
    Map<String, TableSize> sizes = sizes(snapshot);
    touched.keySet().stream()
        .filter(sizes::containsKey)
        .sorted(Comparator.comparingLong((String table) -> -sizes.get(table).bytes()))
        .limit(TABLES)
        .forEach(table -> lines.add(row(table, sizes.get(table), touched.get(table))));
    if (sizes.isEmpty()) {
      lines.add("touch " + String.join(", ", touched.keySet()));
      lines.add("sizes of tables are not known");
    }
    return lines;
  }

  private static Map<String, List<Migration>> touched(List<Migration> pending) {
    Map<String, List<Migration>> touched = new LinkedHashMap<>();
    for (Migration migration : pending) {
      for (String table : migration.touches()) {
        touched.computeIfAbsent(table, name -> new ArrayList<>()).add(migration);
      }
    }
    return touched;
  }

  private static Map<String, TableSize> sizes(Snapshot snapshot) {
    return snapshot.database().value().map(each -> each.load().tables()).stream()
        .flatMap(tables -> tables.value().stream())
        .flatMap(List::stream)
        .collect(Collectors.toMap(TableSize::name, size -> size, (first, second) -> first));
  }

  private static String row(String table, TableSize size, List<Migration> migrations) {
    String numbers =
        migrations.stream()
            .map(migration -> Long.toString(migration.number()))
            .collect(Collectors.joining(", "));
    String rows = size.rows() < 0 ? "rows unknown" : "%,d rows".formatted(size.rows());
    return "%-24s %16s %9s  by %s".formatted(table, rows, Bytes.of(size.bytes()), numbers);
  }
}
