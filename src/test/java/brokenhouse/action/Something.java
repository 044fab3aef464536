package brokenhouse.action;

/** Something to import. */
public record Something() {}
