package brokenhouse.live;

/** Something that other rooms import. */
public record Something() {}
