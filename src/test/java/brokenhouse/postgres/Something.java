package brokenhouse.postgres;

/** Something to import. */
public record Something() {}
