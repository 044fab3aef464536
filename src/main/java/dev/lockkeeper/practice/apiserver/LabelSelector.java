package dev.lockkeeper.practice.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chooses objects by their labels.
 *
 * @param requirements all of which an object's labels must meet
 */
public record LabelSelector(List<Predicate<JsonNode>> requirements) {
  private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\(([^)]*)\\)");
  private static final Pattern EQUAL = Pattern.compile("([^=!\\s]+)\\s*(==|=|!=)\\s*(\\S*)");
  private static final Pattern EXISTS = Pattern.compile("(!?)\\s*([^=!\\s(),]+)");

  public LabelSelector {
    requirements = List.copyOf(requirements);
  }

  /** Reads what a URL says: {@code app=coder,tier in (a, b),!old}. An empty text chooses all. */
  public static LabelSelector parse(String text) {
    List<Predicate<JsonNode>> requirements = new ArrayList<>();
    for (String part : text.split(",(?![^()]*\\))")) {
      if (!part.isBlank()) {
        requirements.add(requirement(part.trim()));
      }
    }
    return new LabelSelector(requirements);
  }

  private static Predicate<JsonNode> requirement(String text) {
    Matcher set = SET.matcher(text);
    if (set.matches()) {
      Set<String> values =
          Stream.of(set.group(3).split(",")).map(String::trim).collect(Collectors.toSet());
      return among(set.group(1), set.group(2).equals("in"), values);
    }
    Matcher equal = EQUAL.matcher(text);
    if (equal.matches()) {
      return among(equal.group(1), !equal.group(2).equals("!="), Set.of(equal.group(3)));
    }
    Matcher exists = EXISTS.matcher(text);
    if (exists.matches()) {
      return exists(exists.group(2), exists.group(1).isEmpty());
    }
    throw Failure.badRequest("unable to parse requirement: " + text);
  }

  /** Reads the {@code selector} of a workload. */
  public static LabelSelector of(JsonNode selector) {
    List<Predicate<JsonNode>> requirements = new ArrayList<>();
    for (var label : selector.path("matchLabels").properties()) {
      requirements.add(among(label.getKey(), true, Set.of(label.getValue().asText())));
    }
    for (JsonNode expression : selector.path("matchExpressions")) {
      String key = expression.path("key").asText();
      String operator = expression.path("operator").asText();
      Set<String> values =
          Json.each(expression.path("values")).map(JsonNode::asText).collect(Collectors.toSet());
      boolean wanted = operator.equals("In") || operator.equals("Exists");
      boolean bySet = operator.endsWith("In");
      requirements.add(bySet ? among(key, wanted, values) : exists(key, wanted));
    }
    return new LabelSelector(requirements);
  }

  private static Predicate<JsonNode> among(String key, boolean wanted, Set<String> values) {
    return labels -> {
      JsonNode value = labels.path(key);
      return wanted == (value.isTextual() && values.contains(value.asText()));
    };
  }

  private static Predicate<JsonNode> exists(String key, boolean wanted) {
    return labels -> labels.has(key) == wanted;
  }

  /** Whether an object, or a template of one, has such labels. */
  public boolean matches(JsonNode object) {
    JsonNode labels = object.at("/metadata/labels");
    return requirements.stream().allMatch(requirement -> requirement.test(labels));
  }
}
