package dev.lockkeeper.wizard;

import dev.lockkeeper.action.SetImage;
import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.ImageFit;
import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.check.helm.ReleaseIsKnown;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.runbook.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a typed answer would be taken for, now.
 *
 * @param value the answer as it is kept; empty when it does not fit
 * @param trouble why it is not taken; empty when it is
 */
public record TypedAnswer(Optional<String> value, String trouble) {
  /** Later than this after another time, a time without a date is a slip. */
  private static final Duration LONGEST = Duration.ofHours(12);

  /** Reads an answer to this question. */
  public static TypedAnswer of(State state, Step.Question question, String typed) {
    Optional<Instant> after = after(state, question);
    Optional<String> value = read(state, question, typed, after);
    String trouble =
        value
            .map(moment -> nextDay(question, typed, moment, after))
            .orElseGet(() -> needed(state, question, typed, after));
    return new TypedAnswer(trouble.isEmpty() ? value : Optional.empty(), trouble);
  }

  /**
   * What is offered as an answer: what was answered before it was taken back, or a version that was
   * seen. What proves something is never offered.
   */
  static Optional<String> offer(State state, Step.Question question) {
    return before(state, question).or(() -> seen(state, question));
  }

  /** Why the answer that is offered is offered. */
  public static String reason(State state, Step.Question question) {
    return before(state, question).isPresent() ? "your last answer" : "what is seen here";
  }

  private static Optional<String> before(State state, Step.Question question) {
    return state
        .snapshot()
        .run()
        .saidBefore(question.word())
        .map(value -> question.format().typed(value, state.setting().zone()));
  }

  /** The version of Helm's release, where it can serve the schema and nothing names it yet. */
  private static Optional<String> seen(State state, Step.Question question) {
    Optional<Long> schema =
        state.snapshot().freshDatabase().flatMap(database -> database.schema().version());
    return ReleaseIsKnown.fresh(state.snapshot())
        .filter(release -> question.word().equals(SetImage.VERSION) && schema.isPresent())
        .map(release -> release.values().imageTag().orElse(release.chart().appVersion()))
        .flatMap(CoderVersion::parse)
        .filter(version -> fits(state, version, schema.orElseThrow()))
        .map(CoderVersion::toString);
  }

  private static boolean fits(State state, CoderVersion version, long schema) {
    return ImageFit.of(version, schema, state.knowledge()).kind() == ImageFit.Kind.FITS
        && !UpgradePath.named(state.snapshot()).equals(Optional.of(version));
  }

  private static Optional<Instant> after(State state, Step.Question question) {
    return question
        .after()
        .flatMap(word -> state.snapshot().run().said(word))
        .map(said -> Instant.parse(said.value()));
  }

  /** A time that must come after another answer is read from there, and must not have passed. */
  private static Optional<String> read(
      State state, Step.Question question, String typed, Optional<Instant> after) {
    return question
        .format()
        .read(typed, after.orElse(state.now()), state.setting().zone())
        .filter(value -> after.isEmpty() || Instant.parse(value).isAfter(state.now()));
  }

  private static String needed(
      State state, Step.Question question, String typed, Optional<Instant> after) {
    boolean passed =
        after.isPresent()
            && question
                .format()
                .read(typed, after.get(), state.setting().zone())
                .filter(value -> !Instant.parse(value).isAfter(state.now()))
                .isPresent();
    return passed
        ? "that has passed already: a later time is needed"
        : "needed: " + question.format().description();
  }

  /**
   * A clock time that is earlier than the one it has to follow is that of the next day. Across
   * midnight that is meant; half a day and more is a slip, unless the date is typed as well.
   */
  private static String nextDay(
      Step.Question question, String typed, String value, Optional<Instant> after) {
    return after
        .filter(start -> !question.format().dated(typed))
        .map(start -> Duration.between(start, Instant.parse(value)))
        .filter(span -> span.compareTo(LONGEST) > 0)
        .map(
            span ->
                "that would be on the next day, %s later: if you mean that, type the date too"
                    .formatted(Durations.of(span)))
        .orElse("");
  }
}
