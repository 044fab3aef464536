package brokenhouse.kubernetes.lease;

/** Goes in a circle. */
public record Circle(brokenhouse.kubernetes.watch.Circle next) {}
