package dev.lockkeeper.e2e;

/**
 * The operator's way through the upgrade where the wizard runs Helm, by keys.
 *
 * @param walk the keys
 */
record HelmWalk(Walk walk) {
  private static final String KEEP = "4.1h Keep your values";
  private static final String UPGRADE = "4.2h Run helm upgrade";
  private static final String GIVE_BACK = "6.1h Give Helm your own values back";

  /** From the first screen to the choice of Helm, with no pod left. */
  void choose() {
    walk.prepare();
    walk.chooseZero();
    walk.scaleDown();
    walk.goOn("3.2 Scale down  ✔ done");
    walk.goOn("3.3 Wait until it is drained  ✔ done");
    walk.choose("4.1 Choose who upgrades", "The wizard runs helm upgrade");
  }

  /** Keeps the values in a file, and stays at that step. */
  void keep() {
    walk.begin(KEEP, "show plan", "Keep the values of revision 1");
    walk.accept("rm ");
    walk.terminal().awaits(KEEP + "  ✔ done");
  }

  void goOnFromKept() {
    walk.goOn(KEEP + "  ✔ done");
  }

  /**
   * Confirms helm upgrade.
   *
   * @return the question
   */
  String upgrade() {
    String question = ask();
    walk.swear("practice/coder");
    return question;
  }

  /** Opens the question about helm upgrade, for which Helm is asked for a dry run. */
  void open() {
    walk.begin(UPGRADE, "show plan", "Helm upgrade coder to coder-2.29.3, 0 → 1 replicas.");
  }

  /** Opens the question about helm upgrade, and waits for the dry run. */
  String ask() {
    open();
    return walk.terminal().awaits("✔ replicas: 0 → 1", "image: ");
  }

  void goOnFromUpgrade() {
    walk.goOn(UPGRADE + "  ✔ done");
  }

  /** Sees the one pod migrate and serve. */
  void migrate() {
    walk.goOn("5.1 Watch it commit  ✔ done");
    walk.goOn("5.2 See that it is healthy  ✔ done");
  }

  /** Gives Helm its own values back, and goes on to the end. */
  void giveBack() {
    walk.read("6.1s Resume the autoscalers");
    walk.begin(GIVE_BACK, "show plan", "1 → 3 replicas");
    walk.confirm("1 → 3 replicas");
    walk.goOn(GIVE_BACK + "  ✔ done");
    walk.read("6.1 Scale back");
    walk.goOn("6.2 See that all is well  ✔ done");
    walk.readTo("6.4 Resume GitOps");
    walk.terminal().awaits(": finished", "nothing is owed", "enter all done");
  }
}
