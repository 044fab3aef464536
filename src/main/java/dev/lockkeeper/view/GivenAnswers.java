package dev.lockkeeper.view;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.runbook.AnswerFormat;
import dev.lockkeeper.runbook.Step;
import dev.lockkeeper.snapshot.RunFacts.Attested;
import dev.lockkeeper.wizard.State;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the operator was asked and said, and the decision of a step. */
final class GivenAnswers {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  /** Narrower than this, options stand below one another. */
  private static final int SIDE_BY_SIDE = 64;

  private GivenAnswers() {}

  /** The questions of the step with their answers. */
  static List<Line> asked(State state, Step step, int width) {
    List<Line> lines = new ArrayList<>();
    for (Step.Question question : step.questions()) {
      Optional<Attested> said = state.snapshot().run().said(question.word());
      if (said.isEmpty() && !state.asks(question)) {
        lines.add(
            Line.of("· ", Style.DIM)
                .and(Line.of(question.prompt() + "  ").and("seen, no need to ask", Style.DIM))
                .cut(width));
        continue;
      }
      Line mark = said.isPresent() ? Line.of("✔ ", Style.GOOD) : Line.of("· ", Style.DIM);
      String prompt = question.prompt() + "  ";
      Line line =
          said.map(
                  answer ->
                      Line.of(prompt)
                          .and(value(question.format(), answer, state), Style.STRONG)
                          .and("  said at " + zoned(answer.at(), state), Style.DIM))
              .orElseGet(() -> Line.of(prompt).and("not answered yet", Style.DIM));
      lines.add(mark.and(line).cut(width));
    }
    return lines;
  }

  private static String value(AnswerFormat format, Attested answer, State state) {
    return switch (format) {
      case TEXT, VERSION, NUMBER, MEMORY, HOST -> answer.value();
      case TIME, LATER_TIME, PAST_TIME -> zoned(Instant.parse(answer.value()), state);
    };
  }

  /** What an answer would be taken for: {@code 23:30 in Europe/Berlin, 1h20m from now}. */
  static String meant(AnswerFormat format, String value, State state) {
    return switch (format) {
      case TEXT, VERSION, NUMBER, MEMORY, HOST -> value;
      case TIME, LATER_TIME, PAST_TIME -> meant(Instant.parse(value), state);
    };
  }

  private static String meant(Instant moment, State state) {
    Duration ahead = Duration.between(state.now(), moment);
    return "%s in %s, %s %s"
        .formatted(
            time(moment, state),
            state.setting().zone(),
            Durations.of(ahead.abs()),
            ahead.isNegative() ? "ago" : "from now");
  }

  private static String zoned(Instant moment, State state) {
    return time(moment, state) + " " + state.setting().zone();
  }

  /** By the operator's clock, without its zone; with its date when that is not today. */
  static String time(Instant moment, State state) {
    ZonedDateTime local = moment.atZone(state.setting().zone());
    LocalDate today = LocalDate.ofInstant(state.now(), state.setting().zone());
    return (local.toLocalDate().equals(today) ? CLOCK : DAY).format(local);
  }

  /** The options of the step's decision, the chosen one marked. */
  static List<Line> choice(State state, Step step, int width) {
    if (step.choice().isEmpty()) {
      return List.of();
    }
    Step.Choice choice = step.choice().get();
    Optional<String> chosen = state.snapshot().run().chosen(choice.word());
    List<List<Line>> parts = new ArrayList<>();
    int room = beside(choice, width) ? (width - 3) / 2 : width;
    for (Step.Option option : choice.options()) {
      boolean taken = chosen.filter(option.value()::equals).isPresent();
      parts.add(option(option, taken, room));
    }
    return beside(choice, width) ? sideBySide(parts, room) : below(parts);
  }

  private static boolean beside(Step.Choice choice, int width) {
    return choice.options().size() == 2 && width >= SIDE_BY_SIDE;
  }

  private static List<Line> option(Step.Option option, boolean taken, int width) {
    List<Line> lines = new ArrayList<>();
    Line mark = taken ? Line.of("● ", Style.GOOD) : Line.of("○ ", Style.DIM);
    String title = option.title() + (taken ? " · chosen" : "");
    lines.addAll(Hanging.of(mark, title, taken ? Style.GOOD : Style.STRONG, width));
    for (String consequence : option.consequences()) {
      lines.addAll(Hanging.of(Line.of("  - ", Style.DIM), consequence, Style.TEXT, width));
    }
    return lines;
  }

  private static List<Line> sideBySide(List<List<Line>> parts, int room) {
    List<Line> lines = new ArrayList<>();
    int height = Math.max(parts.get(0).size(), parts.get(1).size());
    for (int i = 0; i < height; i++) {
      Line left = i < parts.get(0).size() ? parts.get(0).get(i) : Line.EMPTY;
      Line right = i < parts.get(1).size() ? parts.get(1).get(i) : Line.EMPTY;
      lines.add(left.padRight(room).and(" │ ", Style.BORDER).and(right));
    }
    return lines;
  }

  private static List<Line> below(List<List<Line>> parts) {
    return parts.stream().flatMap(List::stream).toList();
  }
}
