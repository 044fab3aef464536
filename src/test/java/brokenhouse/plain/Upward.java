package brokenhouse.plain;

/** Imports a room that this room must not know. */
public record Upward(brokenhouse.terminal.Something something) {}
