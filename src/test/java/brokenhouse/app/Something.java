package brokenhouse.app;

/** Something that other rooms import. */
public record Something() {}
