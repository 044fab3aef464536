package dev.lockkeeper.coder;

/**
 * A release of Coder and the schema number that it leaves in {@code schema_migrations}.
 *
 * @param schema the number of its last migration
 * @param certainty how well that number is known
 */
public record Release(CoderVersion version, long schema, SchemaCertainty certainty) {
  /** Whether the number was read off the release itself. */
  public boolean exact() {
    return certainty == SchemaCertainty.EXACT;
  }
}
