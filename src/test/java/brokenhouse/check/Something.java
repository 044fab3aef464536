package brokenhouse.check;

/** Something to import. */
public record Something() {}
