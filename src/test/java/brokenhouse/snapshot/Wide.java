package brokenhouse.snapshot;

/** More facts beside each other than anybody keeps apart. */
public record Wide(int a, int b, int c, int d, int e, int f, int g, int h, int i) {}
