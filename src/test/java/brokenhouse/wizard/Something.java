package brokenhouse.wizard;

/** Something to import. */
public record Something() {}
