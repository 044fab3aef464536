package brokenhouse.live;

/** Imports a room that this room must not know. */
public record Upward(brokenhouse.app.Something something) {}
