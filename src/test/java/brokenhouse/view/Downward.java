package brokenhouse.view;

/** Closes the circle that {@code snapshot} opens. */
public record Downward(brokenhouse.snapshot.Something something) {}
