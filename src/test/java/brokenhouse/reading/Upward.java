package brokenhouse.reading;

/** Imports a room that this room must not know. */
public record Upward(brokenhouse.check.Something something) {}
