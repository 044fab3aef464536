package brokenhouse.worlds;

/** Something that only those who join the parts may know. */
public record Something() {}
