package brokenhouse.cli;

/** May print. */
record Command(String word) {
  void say() {
    System.out.print(word);
  }
}
