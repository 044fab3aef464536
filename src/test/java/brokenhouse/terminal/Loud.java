package brokenhouse.terminal;

/** Writes over the screen and ends the program from within. */
final class Loud {
  void out() {
    System.out.print("");
  }

  void err() {
    System.err.print("");
  }

  void trace(Exception e) {
    e.printStackTrace();
  }

  void exit() {
    System.exit(0);
  }

  void halt() {
    Runtime.getRuntime().halt(0);
  }
}
