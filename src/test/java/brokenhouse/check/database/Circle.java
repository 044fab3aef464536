package brokenhouse.check.database;

/** Goes in a circle. */
public record Circle(brokenhouse.check.migration.Circle next) {}
