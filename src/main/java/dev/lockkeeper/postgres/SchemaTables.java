package dev.lockkeeper.postgres;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Every table that could be Coder's {@code schema_migrations}, or is Coder v1's. Coder's lives in
 * whatever schema coderd's search path named, which need not be {@code public}.
 *
 * @param rows the answer to {@link Question#SCHEMA_TABLES}
 */
record SchemaTables(List<Row> rows) {
  /**
   * The one that counts: the first on our search path; else the only one beside Coder's other
   * tables; else the only one there is.
   */
  Optional<Row> choose(List<String> searchPath) {
    List<Row> candidates = candidates().toList();
    return onPath(searchPath, candidates)
        .or(() -> only(candidates.stream().filter(row -> row.flag("coder")).toList()))
        .or(() -> only(candidates));
  }

  private Stream<Row> candidates() {
    return rows.stream().filter(row -> !row.flag("v1") && row.flag("shaped"));
  }

  private static Optional<Row> onPath(List<String> searchPath, List<Row> tables) {
    return searchPath.stream()
        .flatMap(schema -> tables.stream().filter(row -> row.text("schema").equals(schema)))
        .findFirst();
  }

  private static Optional<Row> only(List<Row> rows) {
    return rows.size() == 1 ? Optional.of(rows.get(0)) : Optional.empty();
  }

  /** The schemas with a table that could be Coder's. */
  List<String> schemas() {
    return candidates().map(row -> row.text("schema")).toList();
  }

  /** The schema of another program's table of that name, the one on our search path first. */
  Optional<String> foreign(List<String> searchPath) {
    return first(searchPath, row -> !row.flag("v1") && !row.flag("shaped"))
        .map(row -> row.text("schema"));
  }

  /** The schema of Coder v1's table, if coderd would meet it: it looks in its own schema alone. */
  Optional<String> v1(Optional<String> own, List<String> searchPath) {
    List<String> looked = own.map(List::of).orElse(searchPath);
    return rows.stream()
        .filter(row -> row.flag("v1"))
        .map(row -> row.text("schema"))
        .filter(looked::contains)
        .findFirst();
  }

  private Optional<Row> first(List<String> searchPath, Predicate<Row> wanted) {
    List<Row> all = rows.stream().filter(wanted).toList();
    return onPath(searchPath, all).or(() -> all.stream().findFirst());
  }
}
