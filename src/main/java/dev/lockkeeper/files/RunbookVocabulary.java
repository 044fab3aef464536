package dev.lockkeeper.files;

import dev.lockkeeper.action.Action;
import dev.lockkeeper.action.Actions;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Checks;
import dev.lockkeeper.check.Guard;
import dev.lockkeeper.reading.StepInfo;
import dev.lockkeeper.runbook.AnswerFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The words that a runbook may use. */
final class RunbookVocabulary {
  static final Map<String, Check> CHECKS = byWord(Checks.ALL, Check::word);

  static final Map<String, Action> ACTIONS = byWord(Actions.ALL, Action::word);

  static final Map<String, StepInfo> READINGS = byWord(StepInfo.ALL, StepInfo::word);

  static final Map<String, Guard.Strength> STRENGTHS = byName(Guard.Strength.values());

  static final Map<String, AnswerFormat> FORMATS = byName(AnswerFormat.values());

  private RunbookVocabulary() {}

  private static <T> Map<String, T> byWord(List<T> all, Function<T, String> word) {
    return all.stream().collect(Collectors.toMap(word, Function.identity()));
  }

  /** {@code PENDING_MIGRATIONS} is written {@code pending-migrations}. */
  private static <E extends Enum<E>> Map<String, E> byName(E[] values) {
    return Arrays.stream(values)
        .collect(
            Collectors.toMap(
                value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                Function.identity()));
  }
}
