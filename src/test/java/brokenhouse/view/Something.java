package brokenhouse.view;

/** Something to import. */
public record Something() {}
