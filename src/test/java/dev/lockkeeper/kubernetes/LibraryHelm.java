package dev.lockkeeper.kubernetes;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.UpgradeCommand;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program made of the bundled library, for what the wizard itself does not do:
 *
 * <pre>
 *   install|upgrade RELEASE CHART --namespace N --kubeconfig F --values F [--wait --timeout 2s]
 *   uninstall RELEASE --namespace N --kubeconfig F
 * </pre>
 */
public final class LibraryHelm {
  private LibraryHelm() {}

  /** Ends with 1 and the reason when Helm refuses. */
  public static void main(String[] words) {
    int code = 0;
    try {
      System.out.println(run(List.of(words), flags(words)));
    } catch (IllegalStateException refused) {
      System.out.println(refused.getMessage());
      code = 1;
    }
    System.out.flush();
    Runtime.getRuntime().halt(code);
  }

  private static Map<String, String> flags(String[] words) {
    Map<String, String> flags = new HashMap<>();
    for (int i = 0; i < words.length; i++) {
      if (words[i].startsWith("--")) {
        flags.put(words[i], i + 1 < words.length ? words[i + 1] : "");
      }
    }
    return flags;
  }

  private static String run(List<String> words, Map<String, String> flags) {
    Path kubeconfig = Path.of(flags.get("--kubeconfig"));
    String namespace = flags.get("--namespace");
    return switch (words.get(0)) {
      case "install" ->
          waiting(
                  new Helm(Path.of(words.get(2)))
                      .install()
                      .withName(words.get(1))
                      .withNamespace(namespace)
                      .withKubeConfig(kubeconfig)
                      .withValuesFile(Path.of(flags.get("--values"))),
                  flags)
              .call()
              .getStatus();
      case "upgrade" ->
          waiting(
                  new Helm(Path.of(words.get(2)))
                      .upgrade()
                      .withName(words.get(1))
                      .withNamespace(namespace)
                      .withKubeConfig(kubeconfig)
                      .withValuesFile(Path.of(flags.get("--values"))),
                  flags)
              .call()
              .getStatus();
      case "uninstall" ->
          Helm.uninstall(words.get(1)).withNamespace(namespace).withKubeConfig(kubeconfig).call();
      default -> throw new IllegalStateException("unknown word " + words.get(0));
    };
  }

  private static InstallCommand waiting(InstallCommand command, Map<String, String> flags) {
    seconds(flags).ifPresent(limit -> command.waitReady().withTimeout(limit));
    return command;
  }

  private static UpgradeCommand waiting(UpgradeCommand command, Map<String, String> flags) {
    seconds(flags).ifPresent(limit -> command.waitReady().withTimeout(limit));
    return command;
  }

  private static Optional<Integer> seconds(Map<String, String> flags) {
    return Optional.ofNullable(flags.get("--timeout"))
        .map(limit -> Integer.valueOf(limit.replace("s", "")));
  }
}
