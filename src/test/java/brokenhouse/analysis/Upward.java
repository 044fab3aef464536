package brokenhouse.analysis;

/** Imports a room that this room must not know. */
public record Upward(brokenhouse.diagnosis.Something something) {}
