package brokenhouse.runbook;

/** Imports a room that this room must not know. */
public record Upward(brokenhouse.journal.Something something) {}
