package dev.lockkeeper.helm;

import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.ReleaseHistory;
import com.marcnuri.helm.TemplateCommand;
import com.marcnuri.helm.UninstallCommand;
import com.marcnuri.helm.UpgradeCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A helm program made of the bundled library: as much of helm's command line as this program uses,
 * with the same words, so that there is one way to run either.
 */
public final class Bundled {
  private static final String REPOSITORY = "charts";

  private static final List<String> SWITCHES = List.of("--reset-values", "--install", "--dry-run");

  private final List<String> words;
  private final Map<String, String> flags;

  private Bundled(List<String> words, Map<String, String> flags) {
    this.words = words;
    this.flags = flags;
  }

  /**
   * Runs one command and ends the process: 0 if it went well.
   *
   * @param arguments as for helm
   */
  public static void main(String[] arguments) {
    PrintStream out = stream(FileDescriptor.out);
    PrintStream err = stream(FileDescriptor.err);
    int code = 0;
    try {
      out.println(of(arguments).run());
    } catch (RuntimeException | LinkageError e) {
      err.println("Error: " + (e.getMessage() == null ? e : e.getMessage()));
      code = 1;
    }
    // Half of the values is worse than none.
    code = out.checkError() ? 1 : code;
    // The library's own threads do not let the process end by itself.
    Runtime.getRuntime().halt(code);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }

  static Bundled of(String... arguments) {
    List<String> words = new ArrayList<>();
    Map<String, String> flags = new HashMap<>();
    Deque<String> left = new ArrayDeque<>(Arrays.asList(arguments));
    while (!left.isEmpty()) {
      String word = left.pop();
      int equals = word.indexOf('=');
      if (!word.startsWith("--")) {
        words.add(word);
      } else if (SWITCHES.contains(word)) {
        flags.put(word, "true");
      } else if (equals > 0) {
        flags.put(word.substring(0, equals), word.substring(equals + 1));
      } else if (left.isEmpty()) {
        throw new IllegalArgumentException("flag needs an argument: " + word);
      } else {
        flags.put(word, left.pop());
      }
    }
    return new Bundled(words, flags);
  }

  private String run() {
    return switch (words.isEmpty() ? "" : words.get(0)) {
      case "version" -> Helm.version().call();
      case "show" -> show();
      case "get" -> values();
      case "history" -> history();
      case "upgrade" -> upgrade();
      case "uninstall" -> uninstall();
      default -> throw new IllegalArgumentException("unknown command: " + String.join(" ", words));
    };
  }

  private String show() {
    return Helm.show(chart(word(2))).chart().withVersion(flag("--version")).call();
  }

  private String values() {
    return Helm.get(word(2))
        .values()
        .withRevision(Integer.parseInt(flag("--revision")))
        .withNamespace(flag("--namespace"))
        .withKubeConfig(kubeconfig())
        .call();
  }

  private String history() {
    return Helm.history(word(1))
        .withMax(Integer.parseInt(flag("--max")))
        .withNamespace(flag("--namespace"))
        .withKubeConfig(kubeconfig())
        .call()
        .stream()
        .map(Bundled::json)
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** As much of helm's own JSON as is read. */
  private static String json(ReleaseHistory revision) {
    return "{\"revision\":%d,\"status\":\"%s\"}"
        .formatted(revision.getRevision(), revision.getStatus());
  }

  private String upgrade() {
    String chart = chart(word(2));
    UpgradeCommand command =
        Helm.upgrade(chart)
            .withName(word(1))
            .withNamespace(flag("--namespace"))
            .withVersion(flag("--version"))
            .withKubeConfig(kubeconfig())
            .withRepositoryConfig(repositories())
            .withValuesFile(Path.of(flag("--values")));
    if (flags.containsKey("--reset-values")) {
      command.resetValues();
    }
    if (flags.containsKey("--install")) {
      command.install();
    }
    if (flags.containsKey("--description")) {
      command.withDescription(flag("--description"));
    }
    overrides().forEach(command::set);
    if (!flags.containsKey("--dry-run")) {
      return command.call().getOutput();
    }
    // The library says whether the server would take it, but not what was rendered.
    String said = command.dryRun().withDryRunOption(DryRun.SERVER).call().getOutput();
    return said + "\nMANIFEST:\n" + rendered(chart);
  }

  private String uninstall() {
    UninstallCommand command =
        Helm.uninstall(word(1)).withNamespace(flag("--namespace")).withKubeConfig(kubeconfig());
    return (flags.containsKey("--dry-run") ? command.dryRun() : command).call();
  }

  private String rendered(String chart) {
    TemplateCommand command =
        Helm.template(chart)
            .withName(word(1))
            .withNamespace(flag("--namespace"))
            .withVersion(flag("--version"))
            .withRepositoryConfig(repositories())
            .withValuesFile(Path.of(flag("--values")));
    overrides().forEach(command::set);
    return command.call();
  }

  /** What goes before the values of the file: {@code a=1,b.c=2}, with nothing to be escaped. */
  private Map<String, String> overrides() {
    return Stream.of(flags.getOrDefault("--set", "").split(","))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  /** A chart by the name under which the library knows its repository. */
  private String chart(String name) {
    if (!flags.containsKey("--repo")) {
      return name;
    }
    Helm.repo()
        .add()
        .withName(REPOSITORY)
        .withUrl(URI.create(flag("--repo")))
        .withRepositoryConfig(repositories())
        .call();
    return REPOSITORY + "/" + name;
  }

  private static Path repositories() {
    return Path.of(System.getenv().getOrDefault("HELM_CONFIG_HOME", "."), "repositories.yaml");
  }

  private Path kubeconfig() {
    return Path.of(flag("--kubeconfig"));
  }

  private String word(int index) {
    if (index >= words.size()) {
      throw new IllegalArgumentException("too few words: " + String.join(" ", words));
    }
    return words.get(index);
  }

  private String flag(String name) {
    String value = flags.get(name);
    if (value == null) {
      throw new IllegalArgumentException("flag is missing: " + name);
    }
    return value;
  }
}
