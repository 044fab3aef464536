package brokenhouse.view;

/** Imports a room that this room must not know. */
public record Upward(brokenhouse.kubernetes.Something something) {}
