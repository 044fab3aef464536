package brokenhouse.helm;

/** Something to import. */
public record Something() {}
