package brokenhouse.clock;

/** Imports a room that this room must not know. */
public record Upward(brokenhouse.snapshot.Something something) {}
