package brokenhouse.practice;

/** Something to import. */
public record Something() {}
