package dev.lockkeeper.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the operator said and what this run remembers: facts too, folded from the journal, so that a
 * check never looks upward.
 *
 * @param target the version to upgrade to, such as {@code v2.29.3}
 * @param startedAt when the run started
 * @param attested what a person said, by the word of the question
 * @param choices what a person chose, by the word of the question
 * @param source the version that ran when the run started, once it was seen
 * @param replicas the replica count when the run started, once it was seen
 * @param schema the schema number when the run started, once it was read
 * @param practice whether this is the practice world
 */
public record RunFacts(
    Optional<String> target,
    Instant startedAt,
    Map<String, Attested> attested,
    Map<String, String> choices,
    Optional<String> source,
    Optional<Integer> replicas,
    Optional<Long> schema,
    boolean practice) {
  public RunFacts {
    attested = Map.copyOf(attested);
    choices = Map.copyOf(choices);
  }

  /** What was said to this question. */
  public Optional<Attested> said(String question) {
    return Optional.ofNullable(attested.get(question));
  }

  public Optional<String> chosen(String question) {
    return Optional.ofNullable(choices.get(question));
  }

  /**
   * What a person said.
   *
   * @param value the value seen, as it was typed
   * @param at when it was said
   */
  public record Attested(String value, Instant at) {
    public Duration age(Instant now) {
      return Duration.between(at, now);
    }
  }
}
