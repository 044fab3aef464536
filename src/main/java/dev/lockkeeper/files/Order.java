package dev.lockkeeper.files;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What steps of a runbook say of earlier ones: a condition names a choice that came before it, and
 * a time one that was asked before. A step that waits for a choice that nobody puts would never
 * come.
 */
final class Order {
  private final YamlNode sections;
  private final List<YamlNode> steps;
  private final Map<String, Set<String>> choices = new HashMap<>();
  private final Set<String> questions = new HashSet<>();

  private Order(YamlNode sections, List<YamlNode> steps) {
    this.sections = sections;
    this.steps = steps;
  }

  static Order of(YamlNode runbook) {
    return new Order(
        runbook.at("sections"),
        runbook.list("sections").stream()
            .flatMap(section -> section.list("steps").stream())
            .toList());
  }

  /**
   * Makes sure of it.
   *
   * @throws Malformed at the first word that nothing before it explains
   */
  void hold() {
    if (steps.isEmpty()) {
      throw sections.malformed("a runbook needs a step");
    }
    for (YamlNode step : steps) {
      step.optional("when").ifPresent(this::condition);
      step.optional("questions").ifPresent(asked -> step.list("questions").forEach(this::question));
      step.optional("choice").ifPresent(this::choice);
    }
  }

  private void condition(YamlNode when) {
    when.entries()
        .forEach(
            (choice, option) -> {
              if (!choices.containsKey(choice)) {
                throw when.malformed(
                    "no step before it has the choice '%s'".formatted(choice)
                        + Spelling.suggestion(choice, choices.keySet()));
              }
              if (!choices.get(choice).contains(option.text())) {
                throw option.malformed(
                    "'%s' is no option of '%s'".formatted(option.text(), choice)
                        + Spelling.suggestion(option.text(), choices.get(choice)));
              }
            });
  }

  private void question(YamlNode question) {
    question
        .optional("after")
        .filter(after -> !questions.contains(after.text()))
        .ifPresent(
            after -> {
              throw after.malformed(
                  "nothing before it asks for '%s'".formatted(after.text())
                      + Spelling.suggestion(after.text(), questions));
            });
    questions.add(question.text("word"));
  }

  private void choice(YamlNode choice) {
    Set<String> options = choices.computeIfAbsent(choice.text("word"), word -> new HashSet<>());
    choice.list("options").forEach(option -> options.add(option.text("value")));
  }
}
