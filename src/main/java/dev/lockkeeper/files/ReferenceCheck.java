package dev.lockkeeper.files;

import dev.lockkeeper.parsing.Malformed;
import dev.lockkeeper.parsing.Spelling;
import dev.lockkeeper.parsing.YamlNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What steps of a runbook say of earlier ones: a condition names a choice that came before it, a
 * time one that was asked before, and a check or an action that needs an answer comes where that
 * was asked for. A step that waits for a choice that nobody puts would never come.
 */
final class ReferenceCheck {
  private final YamlNode sections;
  private final List<YamlNode> steps;
  private final Map<String, Set<String>> choices = new HashMap<>();
  private final Set<String> questions = new HashSet<>();

  private ReferenceCheck(YamlNode sections, List<YamlNode> steps) {
    this.sections = sections;
    this.steps = steps;
  }

  static ReferenceCheck of(YamlNode runbook) {
    return new ReferenceCheck(
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
      step.optional("already").ifPresent(this::check);
      if (step.optional("before").isPresent()) {
        step.list("before").forEach(guard -> guard.entries().values().forEach(this::check));
      }
      if (step.optional("after").isPresent()) {
        step.list("after").forEach(this::check);
      }
      step.optional("action")
          .ifPresent(action -> needs(action, RunbookVocabulary.ACTIONS.get(action.text()).needs()));
    }
  }

  private void check(YamlNode check) {
    needs(check, RunbookVocabulary.CHECKS.get(check.text()).needs());
  }

  private void needs(YamlNode node, List<String> answers) {
    answers.stream()
        .filter(answer -> !questions.contains(answer) && !choices.containsKey(answer))
        .findFirst()
        .ifPresent(
            answer -> {
              throw node.malformed(
                  "'%s' needs the answer '%s', and no step up to here asks for it"
                      .formatted(node.text(), answer));
            });
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
