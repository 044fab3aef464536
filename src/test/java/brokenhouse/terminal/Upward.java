package brokenhouse.terminal;

/** Imports rooms that this room must not know. */
public record Upward(brokenhouse.worlds.Something world, brokenhouse.practice.Something program) {}
