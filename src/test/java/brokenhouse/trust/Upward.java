package brokenhouse.trust;

/** Imports a room that this room must not know. */
public record Upward(brokenhouse.wizard.Something something) {}
