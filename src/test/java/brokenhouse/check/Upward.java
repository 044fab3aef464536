package brokenhouse.check;

/** Imports a room that this room must not know. */
public record Upward(brokenhouse.action.Something something) {}
