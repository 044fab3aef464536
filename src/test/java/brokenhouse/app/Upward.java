package brokenhouse.app;

/** Imports a room that this room must not know. */
public record Upward(brokenhouse.practice.Something something) {}
