package brokenhouse.postgres;

/** Imports a room that this room must not know. */
public record Upward(brokenhouse.helm.Something something) {}
