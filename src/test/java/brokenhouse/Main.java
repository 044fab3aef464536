package brokenhouse;

/** May exit, and may know of practice worlds, but not of the program that plays them. */
record Main(brokenhouse.worlds.Something world, brokenhouse.practice.Something program) {
  static void leave() {
    System.exit(0);
  }
}
