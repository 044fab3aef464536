package brokenhouse.terminal;

/** Something to import. */
public record Something() {}
