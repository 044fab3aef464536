package dev.lockkeeper.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where commands lead that a person pastes, whatever the current context of their shell is.
 *
 * <pre>
 *   kubectl --context prod-eu -n coder scale deployment/coder --replicas=3
 * </pre>
 *
 * @param context the kubeconfig's context; empty within a pod of the cluster, which has none
 * @param kubeconfig the files that have it; empty where kubectl finds it by itself
 * @param namespace the namespace; empty for objects of the whole cluster
 */
public record PinnedContext(String context, List<String> kubeconfig, String namespace) {
  public PinnedContext {
    kubeconfig = List.copyOf(kubeconfig);
  }

  /** The same context, and another namespace; an empty one for objects of the whole cluster. */
  public PinnedContext in(String another) {
    return new PinnedContext(context, kubeconfig, another);
  }

  /** A command of kubectl, with each word quoted for a shell that needs it. */
  public String kubectl(String... words) {
    return like("kubectl", words);
  }

  /** Of a program that has the flags of kubectl. */
  private String like(String program, String... words) {
    List<String> all = new ArrayList<>(List.of(program));
    all.addAll(flag("--context", context));
    all.addAll(file());
    all.addAll(flag("-n", namespace));
    all.addAll(List.of(words));
    return spoken(all);
  }

  /** A command of flux, with each word quoted for a shell that needs it. */
  public String flux(String... words) {
    return like("flux", words);
  }

  /** A command of helm, with each word quoted for a shell that needs it. */
  public String helm(String... words) {
    return helm(List.of(words));
  }

  /** A command of helm, with each word quoted for a shell that needs it. */
  public String helm(List<String> words) {
    List<String> all = new ArrayList<>(List.of("helm"));
    all.addAll(words);
    all.addAll(helmWords());
    all.addAll(file());
    return spoken(all);
  }

  /** How helm is told context and namespace. */
  public List<String> helmWords() {
    List<String> words = new ArrayList<>(flag("--namespace", namespace));
    words.addAll(flag("--kube-context", context));
    return List.copyOf(words);
  }

  private List<String> file() {
    return kubeconfig.size() == 1 ? flag("--kubeconfig", kubeconfig.get(0)) : List.of();
  }

  private static List<String> flag(String name, String value) {
    return value.isEmpty() ? List.of() : List.of(name, value);
  }

  /** For several files there is no flag: both programs take them from the environment alone. */
  private String spoken(List<String> words) {
    String files =
        kubeconfig.size() > 1
            ? "KUBECONFIG=" + new ShellWord(String.join(":", kubeconfig)).quoted() + " "
            : "";
    return words.stream()
        .map(ShellWord::new)
        .map(ShellWord::quoted)
        .collect(Collectors.joining(" ", files, ""));
  }
}
