package brokenhouse.files;

/** Something to import. */
public record Something() {}
