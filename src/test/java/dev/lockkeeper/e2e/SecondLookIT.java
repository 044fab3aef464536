package dev.lockkeeper.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two people in two processes, where it is laid down that two must look: one who acts, and one who
 * watches and reads a code out.
 */
class SecondLookIT {
  private static final Pattern CODE = Pattern.compile("code ([2-9A-Z]{6})\\b");
  private static final String PHRASE = "prod-eu/coder";
  private static final String PUT = "A second operator sees this plan";
  private static final String RUNBOOK =
      """
      name: two-look
      title: Two look
      target: required
      sections:
        - title: One act
          steps:
            - id: "1.1"
              title: Be the only operator
              why: So that nobody else acts.
              action: take-lease
              after: [nobody-else-acts]
            - id: "1.2"
              title: Change the version
              why: It is what two must look at.
              action: change-image
              after: [image-is-target]
            - id: "1.3"
              title: Over
              why: Something follows.
      """;

  @Test
  void onlyTheCodeThatTheOtherOneSeesNowLetsItThrough(@TempDir Path folder) throws Exception {
    assumeTrue(Terminal.isToBeHad(), "tmux is not installed");
    Path runbook = Files.writeString(folder.resolve("two-look.yaml"), RUNBOOK);
    try (Bastion bastion = Bastion.in(folder);
        ServedWorld world = ServedWorld.start(bastion, 3)) {
      Bastion two = laidDown(bastion, world);
      String[] run = {"run", runbook.toString(), "--to", "v2.29.3"};
      try (Terminal wizard = inside(two, "1.1 Be the only operator", run);
          Terminal watch = inside(two, "q leave", "watch")) {
        Walk walk = Walk.wide(wizard);
        walk.begin("1.1 Be the only operator", "show plan", "Take the operator's lease.");
        walk.doIt();
        walk.goOn("1.1 Be the only operator");
        walk.begin("1.2 Change the version", "show plan", PUT);
        String first = code(watch);
        types(wizard, PHRASE);
        types(wizard, PHRASE + " " + another(first));
        assertThat(world.witness().writesBy("operator")).isEmpty();

        wizard.press("Escape");
        watch.awaits("the question is taken back", () -> !CODE.matcher(watch.screen()).find());
        walk.begin("1.2 Change the version", "show plan", PUT);
        String second = code(watch);
        assertThat(second).isNotEqualTo(first);
        types(wizard, PHRASE + " " + first);
        assertThat(world.witness().writesBy("operator")).as("an old code").isEmpty();

        wizard.type(PHRASE + " " + second);
        wizard.awaits("✔ enter does it now");
        wizard.press("Enter");
        wizard.awaits("1.2 done");
        watch.awaits("the question is answered", () -> !CODE.matcher(watch.screen()).find());
        assertThat(world.witness().writesBy("operator"))
            .singleElement()
            .satisfies(write -> assertThat(write.code()).isEqualTo(200));
        assertThat(Files.readString(Witness.journalFile(folder.resolve("state"))))
            .doesNotContain(world.witness().password());
      }
    }
  }

  /**
   * The same world under a name to which a rule applies. Nothing is laid down for a practice, so
   * the database has another address than the world says.
   */
  private static Bastion laidDown(Bastion bastion, ServedWorld world) throws IOException {
    Path folder = bastion.folder();
    String own = Files.readString(world.kubeconfig());
    Matcher context = Pattern.compile("current-context: \"?([\\w-]+)\"?").matcher(own);
    assertThat(context.find()).isTrue();
    Path kubeconfig =
        Files.writeString(folder.resolve("kubeconfig"), own.replace(context.group(1), "prod-eu"));
    Path configuration = Files.createDirectories(folder.resolve("config").resolve("lockkeeper"));
    Files.writeString(
        configuration.resolve("config.yaml"),
        "contexts:\n  - name: \"prod-*\"\n    production: true\n    second-look: true\n");
    return bastion
        .with("KUBECONFIG", kubeconfig.toString())
        .with("CODER_PG_CONNECTION_URL", world.databaseUrl().replace("127.0.0.1", "localhost"))
        .with("XDG_CONFIG_HOME", folder.resolve("config").toString());
  }

  /** A machine with more to do than it can may let the first look run out of time. */
  private static Terminal inside(Bastion bastion, String shown, String... arguments) {
    for (int attempt = 1; ; attempt++) {
      Terminal terminal = bastion.lockkeeper(arguments);
      terminal.awaits(
          "it is inside", () -> terminal.hasEnded() || terminal.screen().contains(shown));
      if (!terminal.hasEnded() || attempt == 3) {
        return terminal;
      }
      terminal.close();
    }
  }

  /** What the second operator reads out. */
  private static String code(Terminal watch) {
    Matcher code = CODE.matcher(watch.awaits("A second look", "code ", "It cannot be undone"));
    assertThat(code.find()).isTrue();
    return code.group(1);
  }

  /** Types what is not enough, sees that enter does nothing, and takes it away again. */
  private static void types(Terminal wizard, String text) {
    wizard.type(text);
    wizard.awaits("> " + text, PUT);
    wizard.press("Enter");
    wizard.press("C-u");
    assertThat(wizard.awaits("> _", PUT)).doesNotContain("enter does it now");
  }

  private static String another(String code) {
    return List.of("222222", "333333").stream()
        .filter(each -> !each.equals(code))
        .findFirst()
        .get();
  }
}
