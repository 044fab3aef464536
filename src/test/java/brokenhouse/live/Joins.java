package brokenhouse.live;

/** May know of practice worlds. */
public record Joins(brokenhouse.worlds.Something world) {}
