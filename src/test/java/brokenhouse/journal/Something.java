package brokenhouse.journal;

/** Something to import. */
public record Something() {}
