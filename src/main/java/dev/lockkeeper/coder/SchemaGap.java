package dev.lockkeeper.coder;

import java.util.List;

/**
 * A release that was shipped without some lower-numbered migrations. The migrator only looks for
 * higher numbers than the one it finds, so a database that stopped here never gets the missing
 * ones.
 *
 * @param schema the number at which such a database stands
 * @param releases the releases that leave it there
 * @param missing the numbers that were left out
 * @param stop whether an upgrade must not start before support has looked
 * @param explanation what that means, for the operator
 */
public record SchemaGap(
    long schema,
    List<CoderVersion> releases,
    List<Long> missing,
    boolean stop,
    String explanation) {
  public SchemaGap {
    releases = List.copyOf(releases);
    missing = List.copyOf(missing);
  }
}
