package brokenhouse.worlds;

/** Imports what it must not. */
public record Upward(brokenhouse.wizard.Something something) {}
