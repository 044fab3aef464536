package brokenhouse.snapshot;

/** Something to import. */
public record Something() {}
