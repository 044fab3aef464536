package brokenhouse.parsing;

/** Imports a room that this room must not know. */
public record Upward(brokenhouse.runbook.Something something) {}
