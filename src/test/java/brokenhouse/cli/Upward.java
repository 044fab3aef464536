package brokenhouse.cli;

/** Imports a room that this room must not know. */
public record Upward(brokenhouse.live.Something something) {}
