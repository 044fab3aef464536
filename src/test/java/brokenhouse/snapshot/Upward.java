package brokenhouse.snapshot;

/** Imports a room that this room must not know. */
public record Upward(brokenhouse.view.Something something) {}
