package brokenhouse;

/** May exit, and may know of the practice world. */
record Main(brokenhouse.practice.Something something) {
  static void leave() {
    System.exit(0);
  }
}
