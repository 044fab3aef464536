package brokenhouse.cli;

/** May print, and may know of the practice world. */
record Command(brokenhouse.practice.Something something) {
  void say() {
    System.out.print("");
  }
}
