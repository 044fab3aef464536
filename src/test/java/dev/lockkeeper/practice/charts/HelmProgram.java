package dev.lockkeeper.practice.charts;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.UpgradeCommand;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A Helm to be run as a process: the library, which has only one set of paths for a process, and
 * takes it from the environment.
 *
 * <pre>
 *   template CHART VERSION VALUES   ...of several charts, one after the other
 *   upgrade CHART VERSION [--wait] [--force] [--reset] [name=value ...]
 *   history | values | list | uninstall | update
 * </pre>
 */
public final class HelmProgram {
  private static final String RELEASE = "coder";
  private static final String NAMESPACE = "coder";
  private static final int PATIENCE_SECONDS = 60;

  private HelmProgram() {}

  /** Does what the words say; ends with 1 and the reason when Helm refuses. */
  public static void main(String[] words) {
    Deque<String> rest = new ArrayDeque<>(List.of(words));
    try {
      run(rest.pop(), rest);
    } catch (IllegalStateException | NullPointerException refused) {
      System.out.println(refused.getMessage());
      System.exit(1);
    }
    System.exit(0);
  }

  private static void run(String verb, Deque<String> rest) {
    switch (verb) {
      case "template" -> template(rest);
      case "upgrade" -> upgrade(rest);
      case "update" ->
          Helm.repo()
              .update()
              .withRepositoryConfig(Path.of(System.getenv("HELM_REPOSITORY_CONFIG")))
              .call();
      case "history" ->
          Helm.history(RELEASE)
              .withNamespace(NAMESPACE)
              .withKubeConfig(kubeconfig())
              .call()
              .stream()
              .map(
                  each ->
                      String.join(
                          " ",
                          Integer.toString(each.getRevision()),
                          each.getStatus(),
                          each.getChart(),
                          each.getDescription()))
              .forEach(System.out::println);
      case "values" ->
          System.out.println(
              Helm.get(RELEASE)
                  .values()
                  .withNamespace(NAMESPACE)
                  .withKubeConfig(kubeconfig())
                  .call());
      case "list" ->
          Helm.list().withNamespace(NAMESPACE).withKubeConfig(kubeconfig()).call().stream()
              .map(each -> each.getName() + " " + each.getStatus() + " " + each.getChart())
              .forEach(System.out::println);
      case "uninstall" ->
          System.out.println(
              Helm.uninstall(RELEASE).withNamespace(NAMESPACE).withKubeConfig(kubeconfig()).call());
      default -> throw new IllegalStateException("unknown word " + verb);
    }
  }

  private static Path kubeconfig() {
    return Path.of(System.getenv("KUBECONFIG"));
  }

  private static void template(Deque<String> rest) {
    while (!rest.isEmpty()) {
      System.out.println(
          new Helm(Path.of(rest.pop()))
              .template()
              .withName(RELEASE)
              .withNamespace(NAMESPACE)
              .withValuesFile(Path.of(rest.pop()))
              .call());
      System.out.println("===");
    }
  }

  private static void upgrade(Deque<String> rest) {
    UpgradeCommand command =
        Helm.upgrade(rest.pop())
            .withVersion(rest.pop())
            .withName(RELEASE)
            .withNamespace(NAMESPACE)
            .withKubeConfig(kubeconfig())
            .withRepositoryConfig(Path.of(System.getenv("HELM_REPOSITORY_CONFIG")))
            .resetThenReuseValues();
    for (String word : rest) {
      switch (word) {
        case "--wait" -> command.waitReady().withTimeout(PATIENCE_SECONDS);
        case "--force" -> command.force();
        default -> command.set(word.split("=")[0], word.split("=")[1]);
      }
    }
    System.out.println(command.call().getStatus());
  }
}
