package dev.lockkeeper.files;

import dev.lockkeeper.parsing.Malformed;
import dev.lockkeeper.parsing.YamlNode;
import dev.lockkeeper.snapshot.Policy;
import dev.lockkeeper.trust.Trusted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the operators of this machine laid down for their contexts.
 *
 * <pre>
 *   contexts:
 *     - name: "prod-*"
 *       production: true
 *       second-look: true
 *     - name: "*"
 *       read-only: true
 * </pre>
 *
 * @param rules for which contexts what holds; the first that fits counts
 */
public record Configuration(List<Rule> rules) {
  /**
   * Without any file, a context that calls itself so is taken for production. Whatever is no letter
   * parts words, as in {@code gke_acme_europe-west1_prod} and {@code arn:aws:eks:…/production}.
   */
  private static final Pattern PRODUCTION =
      Pattern.compile("(?<!\\p{L})[Pp][Rr][Oo][Dd]|(?<=\\p{Ll})Prod");

  private static final Set<String> RULE = Set.of("name", "production", "read-only", "second-look");

  public Configuration {
    rules = List.copyOf(rules);
  }

  /**
   * For which contexts what holds.
   *
   * @param name a context's name, in which {@code *} stands for anything
   * @param policy what holds
   */
  public record Rule(String name, Policy policy) {
    boolean fits(String context) {
      String[] parts = name.split("\\*", -1);
      for (int i = 0; i < parts.length; i++) {
        parts[i] = Pattern.quote(parts[i]);
      }
      return Pattern.compile(String.join(".*", parts), Pattern.DOTALL).matcher(context).matches();
    }
  }

  /** Where the XDG conventions put it. */
  public static Path path(Map<String, String> environment, Path home) {
    return Optional.ofNullable(environment.get("XDG_CONFIG_HOME"))
        .filter(text -> !text.isBlank())
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElse(home.resolve(".config"))
        .resolve("lockkeeper/config.yaml");
  }

  /**
   * Reads it; a file that is not there lays down nothing. It may be root's.
   *
   * @throws Malformed naming file, line and what is wrong
   * @throws IOException if it is there and cannot be read, or others could have changed it; a link
   *     that leads nowhere is there
   */
  public static Configuration read(Path path) throws IOException {
    return Trusted.oursOrRoots(path)
        ? read(path.toString(), OwnText.of(path))
        : new Configuration(List.of());
  }

  static Configuration read(String file, String text) {
    if (text.isBlank()) {
      return new Configuration(List.of());
    }
    List<Rule> rules = new ArrayList<>();
    for (YamlNode node : YamlNode.map(file, text).only(Set.of("contexts")).list("contexts")) {
      node.only(RULE);
      rules.add(
          new Rule(
              node.text("name"),
              new Policy(
                  flag(node, "production"), flag(node, "read-only"), flag(node, "second-look"))));
    }
    return new Configuration(rules);
  }

  private static boolean flag(YamlNode node, String key) {
    return node.optional(key).map(YamlNode::flag).orElse(false);
  }

  /** What holds for this context. */
  public Policy policy(String context) {
    return rules.stream()
        .filter(rule -> rule.fits(context))
        .findFirst()
        .map(Rule::policy)
        .orElse(new Policy(PRODUCTION.matcher(context).find(), false, false));
  }
}
