package dev.lockkeeper.journal;

import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Prediction;
import dev.lockkeeper.action.Request;
import dev.lockkeeper.action.RequestKind;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.snapshot.PinnedContext;
import dev.lockkeeper.snapshot.RunFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One line of the journal.
 *
 * @param at when it was written, by the bastion's clock
 * @param kind what it is
 * @param step the step that it belongs to; empty when it belongs to the run
 * @param data its values, none of them secret
 */
public record Entry(Instant at, Kind kind, String step, Map<String, String> data) {
  /** What a line of the journal says. */
  public enum Kind {
    /** A run began; names its runbook and its targets. */
    STARTED,
    /** A fact that this run must remember was seen for the first time. */
    REMEMBERED,
    /** A person answered a question. */
    ATTESTED,
    /** A person decided. */
    CHOSEN,
    /** A person went on although a check did not pass, or leaves a debt unpaid, with a reason. */
    WAIVED,
    /** An act is about to be asked of the cluster. Written and forced to disk before it is. */
    INTENDED,
    /** The act was done. */
    DONE,
    /** The act was certainly not done. */
    REFUSED,
    /** Nobody can say whether the act was done. */
    UNKNOWN,
    /** A step is over; says what was observed. */
    COMPLETED,
    /** A step was left out, with a reason. */
    SKIPPED,
    /** A step that was over is to be done again; its answers are forgotten. */
    REOPENED,
    /** The operator left. */
    LEFT,
    /** The operator came back. */
    RESUMED,
    /** All steps are over. */
    FINISHED;

    /** Whether it says how an act ended. */
    public boolean outcome() {
      return switch (this) {
        case DONE, REFUSED, UNKNOWN -> true;
        case STARTED,
            REMEMBERED,
            ATTESTED,
            CHOSEN,
            WAIVED,
            INTENDED,
            COMPLETED,
            SKIPPED,
            REOPENED,
            LEFT,
            RESUMED,
            FINISHED ->
            false;
      };
    }
  }

  /** Keys of {@link #data}. */
  public static final String WORD = "word";

  public static final String VALUE = "value";
  public static final String REASON = "reason";
  public static final String SUMMARY = "summary";
  public static final String COMMAND = "command";
  public static final String UNDO = "undo";
  public static final String DETAIL = "detail";
  public static final String RUNBOOK = "runbook";

  /** How a check stood that was waived, where nobody knew. */
  public static final String ANSWER = "answer";

  /** The value of {@link #ANSWER}. */
  public static final String UNKNOWN_ANSWER = "unknown";

  /** How an act ended for each of its targets, a line each. */
  public static final String PARTS = "parts";

  /** What a completed step has repaid, if anything; words of {@link Debt}s, a blank between. */
  public static final String REPAID = "repaid";

  /** The kubeconfig's context in which an act is asked for. */
  private static final String CONTEXT = "kube-context";

  /** The kubeconfig files that have it, a line each. */
  private static final String KUBECONFIG = "kubeconfig";

  /** What is said of a request beside its identity. */
  private static final Set<String> DESCRIBING = describing();

  private static Set<String> describing() {
    Set<String> keys =
        new TreeSet<>(Set.of(SUMMARY, COMMAND, UNDO, DETAIL, PARTS, CONTEXT, KUBECONFIG));
    keys.addAll(Prediction.KEYS);
    return Set.copyOf(keys);
  }

  public Entry {
    data = Map.copyOf(data);
  }

  public String value(String key) {
    return data.getOrDefault(key, "");
  }

  /**
   * Of which kind the act is that it tells of; empty without one, or with one of a later version.
   */
  public Optional<RequestKind> request() {
    return RequestKind.of(value(RequestKind.KEY));
  }

  public static Entry started(Instant at, String runbook, Map<String, String> targets) {
    Map<String, String> data = new TreeMap<>(targets);
    data.put(RUNBOOK, runbook);
    return new Entry(at, Kind.STARTED, "", data);
  }

  public static Entry remembered(Instant at, String word, String value) {
    return new Entry(at, Kind.REMEMBERED, "", Map.of(WORD, word, VALUE, value));
  }

  public static Entry attested(Instant at, String step, String question, String value) {
    return new Entry(at, Kind.ATTESTED, step, Map.of(WORD, question, VALUE, value));
  }

  public static Entry chosen(Instant at, String step, String choice, String option) {
    return new Entry(at, Kind.CHOSEN, step, Map.of(WORD, choice, VALUE, option));
  }

  /** A waiver names the check by its word, and keeps its question and evidence for the reader. */
  public static Entry waived(Instant at, String step, Check check, String evidence, String reason) {
    return waived(at, step, check.word(), check.question() + ": " + evidence, reason);
  }

  private static Entry waived(Instant at, String step, String about, String detail, String reason) {
    return new Entry(at, Kind.WAIVED, step, Map.of(WORD, about, DETAIL, detail, REASON, reason));
  }

  public static Entry intended(Instant at, String step, Request request) {
    return new Entry(at, Kind.INTENDED, step, described(request));
  }

  /** The digest of the request that it is about. */
  public String digest() {
    Map<String, String> identity = new TreeMap<>(data);
    identity.keySet().removeAll(DESCRIBING);
    return Request.digest(identity);
  }

  public static Entry outcome(Instant at, String step, Request request, Outcome outcome) {
    Map<String, String> data = described(request);
    data.put(DETAIL, outcome.detail());
    if (!outcome.parts().isEmpty()) {
      data.put(PARTS, String.join("\n", outcome.parts()));
    }
    Kind kind =
        switch (outcome.result()) {
          case DONE -> Kind.DONE;
          case REFUSED -> Kind.REFUSED;
          case UNKNOWN -> Kind.UNKNOWN;
        };
    return new Entry(at, kind, step, data);
  }

  public static Entry completed(Instant at, String step, String observed) {
    return new Entry(at, Kind.COMPLETED, step, Map.of(DETAIL, observed));
  }

  /**
   * Where commands lead that make up for this act: an older journal says it of the run alone.
   *
   * @param facts what the run remembers
   */
  PinnedContext pinned(RunFacts facts) {
    String context = data.getOrDefault(CONTEXT, facts.recalled(RunFacts.CONTEXT).orElse(""));
    String files = data.getOrDefault(KUBECONFIG, facts.recalled(RunFacts.KUBECONFIG).orElse(""));
    return new PinnedContext(
        context,
        files.lines().toList(),
        data.getOrDefault("namespace", facts.recalled(RunFacts.NAMESPACE).orElse("")));
  }

  /** How the act ended for each of its targets; empty when it had only one. */
  public List<String> parts() {
    return data.containsKey(PARTS) ? List.of(data.get(PARTS).split("\n")) : List.of();
  }

  /** A debt that nobody has to repay any more; names it and keeps what was to be done. */
  public static Entry waived(Instant at, String step, Debt debt, String reason) {
    return waived(at, step, debt.waiver(), debt.text() + ": " + debt.command(), reason);
  }

  /** The same waiver, of an answer that nobody knew: it does not cover a known one. */
  public Entry ofUnknown() {
    Map<String, String> more = new TreeMap<>(data);
    more.put(ANSWER, UNKNOWN_ANSWER);
    return new Entry(at, kind, step, more);
  }

  /** The same entry; what was observed repays these debts. */
  public Entry repaying(String debt) {
    Map<String, String> more = new TreeMap<>(data);
    more.put(REPAID, debt);
    return new Entry(at, kind, step, more);
  }

  public static Entry skipped(Instant at, String step, String reason) {
    return new Entry(at, Kind.SKIPPED, step, Map.of(REASON, reason));
  }

  /**
   * A step is open again.
   *
   * @param words the questions and choices of which the answers are forgotten
   */
  public static Entry reopened(Instant at, String step, List<String> words) {
    return new Entry(at, Kind.REOPENED, step, Map.of(WORD, String.join(" ", words)));
  }

  public static Entry left(Instant at, String debts) {
    return new Entry(at, Kind.LEFT, "", Map.of(DETAIL, debts));
  }

  public static Entry resumed(Instant at, String by) {
    return new Entry(at, Kind.RESUMED, "", Map.of(DETAIL, by));
  }

  public static Entry finished(Instant at, String detail) {
    return new Entry(at, Kind.FINISHED, "", Map.of(DETAIL, detail));
  }

  private static Map<String, String> described(Request request) {
    Map<String, String> data = new TreeMap<>(request.identity());
    data.put(SUMMARY, request.summary());
    data.put(COMMAND, request.command());
    data.put(UNDO, request.undo());
    request
        .pinned()
        .ifPresent(
            at -> {
              data.put(CONTEXT, at.context());
              data.put(KUBECONFIG, String.join("\n", at.kubeconfig()));
            });
    request.prediction().map(Prediction::data).ifPresent(data::putAll);
    return data;
  }
}
