package brokenhouse.snapshot;

/** An interface that anybody may implement. */
interface Open {}
