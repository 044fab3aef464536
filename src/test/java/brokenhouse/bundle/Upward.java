package brokenhouse.bundle;

/** Imports a room that this room must not know. */
public record Upward(brokenhouse.files.Something something) {}
