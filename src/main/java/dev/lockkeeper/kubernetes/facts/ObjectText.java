package dev.lockkeeper.kubernetes.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.snapshot.Masked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An object of the API as lines to be read, much as {@code kubectl get -o yaml} shows it: without
 * what looks like a secret, without {@code managedFields} and without the copy of itself that
 * kubectl keeps in an annotation.
 */
public final class ObjectText {
  private static final int MOST_LINES = 5_000;
  private static final String APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  /** They name a Secret, or say what is done with one; what they say is none. */
  private static final Set<String> NO_SECRETS =
      Set.of("secretName", "automountServiceAccountToken", "expirationSeconds");

  /** Their parts belong together: an option and what follows it. */
  private static final Set<String> ONE_LINE = Set.of("command", "args");

  /** A value of a variable that no person has made up: a key, whatever its name. */
  private static final Pattern RANDOM =
      Pattern.compile("(?=.*\\d)(?=.*[A-Za-z])[A-Za-z0-9+/=_-]{20,}");

  private final List<String> lines = new ArrayList<>();

  /** Who writes these annotations writes no secrets into them. */
  private static final Pattern KNOWN_ANNOTATION =
      Pattern.compile("(?:[a-z0-9.-]+\\.)?(?:kubernetes\\.io|k8s\\.io|helm\\.sh)/.*");

  private final boolean values;

  private ObjectText(boolean values) {
    this.values = values;
  }

  public static List<String> of(JsonNode object) {
    return lines(object, true);
  }

  /** For whoever keeps it: without the values of variables, and of annotations of anybody's. */
  public static List<String> withoutValues(JsonNode object) {
    return lines(object, false);
  }

  private static List<String> lines(JsonNode object, boolean values) {
    ObjectText text = new ObjectText(values);
    text.fields(object, "");
    return List.copyOf(text.lines.subList(0, Math.min(MOST_LINES, text.lines.size())));
  }

  private void fields(JsonNode object, String indent) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      String key = field.getKey();
      if (key.equals("value") && field.getValue().isTextual() && object.has("name")) {
        // As a probe has its headers: the name beside it tells what the value is.
        String value = value(object.path("name").asText(), field.getValue().asText());
        lines.add(indent + "value: " + value);
      } else if (!key.equals("managedFields") && !key.equals(APPLIED)) {
        field(key, field.getValue(), indent);
      }
    }
  }

  private void field(String key, JsonNode value, String indent) {
    if (key.equals("env") && value.isArray()) {
      lines.add(indent + "env:");
      value.forEach(each -> variable(each, indent));
    } else if (value.isContainerNode() && value.isEmpty()) {
      lines.add(indent + key + (value.isArray() ? ": []" : ": {}"));
    } else if (key.equals("annotations") && !values) {
      lines.add(indent + key + ":");
      value.properties().forEach(each -> annotation(each, indent + "  "));
    } else if (value.isObject()) {
      lines.add(indent + key + ":");
      fields(value, indent + "  ");
    } else if (value.isArray() && ONE_LINE.contains(key)) {
      List<String> parts = new ArrayList<>();
      value.forEach(each -> parts.add(each.asText()));
      scalar(key, String.join(" ", parts), indent);
    } else if (value.isArray()) {
      lines.add(indent + key + ":");
      value.forEach(each -> item(key, each, indent));
    } else {
      scalar(key, value.asText(), indent);
    }
  }

  private void item(String key, JsonNode item, String indent) {
    if (!item.isObject() || item.isEmpty()) {
      lines.add(indent + "- " + masked(key, item.isObject() ? "{}" : item.asText()));
      return;
    }
    int first = lines.size();
    fields(item, indent + "  ");
    if (lines.size() > first) {
      lines.set(first, indent + "- " + lines.get(first).substring(indent.length() + 2));
    }
  }

  private void scalar(String key, String value, String indent) {
    String kept = masked(key, value);
    List<String> parts = kept.lines().toList();
    if (parts.size() < 2) {
      lines.add(indent + key + ": " + kept);
      return;
    }
    lines.add(indent + key + ": |");
    parts.forEach(part -> lines.add(indent + "  " + part));
  }

  private void annotation(Map.Entry<String, JsonNode> annotation, String indent) {
    String key = annotation.getKey();
    if (key.equals(APPLIED)) {
      return;
    }
    boolean known = KNOWN_ANNOTATION.matcher(key).matches();
    scalar(key, known ? annotation.getValue().asText() : "…", indent);
  }

  /** The name of what it is tells whether it is a secret. */
  private static String masked(String key, String value) {
    String alone = Masked.of(value).text();
    if (NO_SECRETS.contains(key)) {
      return alone;
    }
    String begin = key + ": ";
    String whole = Masked.of(begin + alone).text();
    return whole.startsWith(begin) ? whole.substring(begin.length()) : "…";
  }

  private void variable(JsonNode variable, String indent) {
    String name = variable.path("name").asText();
    JsonNode from = variable.path("valueFrom");
    lines.add(
        indent
            + "- "
            + name
            + (from.isMissingNode()
                ? "=" + shown(name, variable.path("value").asText())
                : origin(from)));
  }

  private String shown(String name, String value) {
    return values || value.isEmpty() ? value(name, value) : "…";
  }

  private static String value(String name, String value) {
    return RANDOM.matcher(value).matches() ? "…" : masked(name, value).replace('\n', ' ');
  }

  /** Where a variable's value comes from; the value itself is not read. */
  private static String origin(JsonNode from) {
    StringBuilder text = new StringBuilder(" from");
    for (Map.Entry<String, JsonNode> kind : from.properties()) {
      text.append(' ').append(kind.getKey());
      kind.getValue().properties().stream()
          .map(each -> " " + each.getKey() + " " + each.getValue().asText())
          .forEach(text::append);
    }
    return text.toString();
  }
}
