package brokenhouse.kubernetes.watch;

/** Goes in a circle. */
public record Circle(brokenhouse.kubernetes.lease.Circle next) {}
