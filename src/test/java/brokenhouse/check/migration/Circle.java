package brokenhouse.check.migration;

/** Goes in a circle. */
public record Circle(brokenhouse.check.database.Circle next) {}
