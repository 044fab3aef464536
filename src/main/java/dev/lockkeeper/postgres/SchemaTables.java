package dev.lockkeeper.postgres;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Every table that could be Coder's {@code schema_migrations}. It lives in whatever schema coderd's
 * search path named, which need not be {@code public}.
 *
 * @param candidates the answer to {@link Question#SCHEMA_TABLES}
 */
record SchemaTables(List<Row> candidates) {
  /**
   * The one that counts: the first on our search path; else the only one beside Coder's other
   * tables; else the only one there is.
   */
  Optional<Row> choose(List<String> searchPath) {
    Optional<Row> onPath =
        searchPath.stream()
            .flatMap(schema -> candidates.stream().filter(row -> row.text("schema").equals(schema)))
            .findFirst();
    return onPath
        .or(
            () ->
                only(
                    candidates.stream()
                        .filter(row -> row.flag("coder"))
                        .collect(Collectors.toList())))
        .or(() -> only(candidates));
  }

  private static Optional<Row> only(List<Row> rows) {
    return rows.size() == 1 ? Optional.of(rows.get(0)) : Optional.empty();
  }

  String schemas() {
    return candidates.stream().map(row -> row.text("schema")).collect(Collectors.joining(", "));
  }
}
