package brokenhouse.kubernetes;

/** Imports a room that this room must not know. */
public record Upward(brokenhouse.postgres.Something something) {}
