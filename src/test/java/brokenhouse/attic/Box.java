package brokenhouse.attic;

/** A room that is not in the plan. */
record Box() {}
