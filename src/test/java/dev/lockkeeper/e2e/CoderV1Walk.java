package dev.lockkeeper.e2e;

import java.time.Duration;

/**
 * The operator's way through the runbook of Coder v1, by keys.
 *
 * @param walk the keys
 */
record CoderV1Walk(Walk walk) {
  private static final String UNINSTALL = "4.4 Uninstall, and wait";
  private static final String INSTALL = "4.5 Install again";

  /** From the first screen to the choice of who runs helm. */
  void prepare() {
    walk.read("1.1 See that this is a Coder v1");
    walk.read("1.2 Go one version at a time");
    walk.waive("1.3 See our database role", "our database role is a superuser");
    walk.read("1.3 See our database role");
    walk.read("1.4 See whose images and charts these are");
    walk.beTheOnlyOperator("2.1");
    walk.read("2.2 See the repository and the chart");
    walk.begin("2.3 Keep your values", "show plan", "Keep the values of revision 1");
    walk.accept("rm ");
    walk.goOn("2.3 Keep your values  ✔ done");
    walk.read("2.4 Clean the values");
    walk.begin("2.5 Take a snapshot of the database", "answer", "question 1 of 2");
    walk.answer("name or id", "snap-7f3a");
    walk.answer("finished at", Walk.local(Duration.ofMinutes(-5)));
  }

  /** Somebody ran helm in another terminal, and it said this; so it is installed again. */
  void isRefusedElsewhere(String said) {
    walk.choose("3.1 Choose who runs helm", 2, "I run it in another terminal");
    walk.begin("3.3 Run it yourself", "answer", "Helm's last line");
    walk.answer("Helm's last line", said);
    walk.terminal().awaits("│ 3.4 Say how it ended", "A field that Kubernetes never changes");
    walk.choose("3.4 Say how it ended", 4, "Uninstall and install again");
  }

  /** Sees everything gone. */
  void uninstall() {
    walk.begin(UNINSTALL, "answer", "The host by which people reach Coder");
    walk.answer("The host by which people reach Coder", "https://127.0.0.1/");
    walk.terminal().awaits("✔ The host by which people reach Coder");
    walk.begin(UNINSTALL, "show plan", "Helm uninstall coder, with all that it made.");
    walk.swear("practice/coder");
    walk.terminal().awaits(UNINSTALL + "  ✔ done");
  }

  /** Sees it installed, from what was kept. */
  void install() {
    walk.terminal().awaits("127.0.0.1: by the access URL itself");
    walk.goOn(UNINSTALL + "  ✔ done");
    walk.begin(INSTALL, "show plan", "Helm install coder from coder-1.25.0");
    walk.swear("practice/coder");
    // It is the last step of this way.
    walk.terminal().awaits(": finished", "4.5 observed");
  }
}
