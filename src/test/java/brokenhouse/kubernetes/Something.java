package brokenhouse.kubernetes;

/** Something to import. */
public record Something() {}
