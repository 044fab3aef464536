package dev.lockkeeper.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the operator said and what this run remembers: facts too, folded from the journal, so that a
 * check never looks upward.
 *
 * @param startedAt when the run started
 * @param attested what a person said, by the word of the question
 * @param choices what a person chose, by the word of the question
 * @param remembered what was seen once and must not be forgotten, by its word
 * @param quietSince since when this process has seen no coderd session in the database; empty when
 *     there is one or nobody looked
 */
public record RunFacts(
    Instant startedAt,
    Map<String, Attested> attested,
    Map<String, String> choices,
    Map<String, String> remembered,
    Optional<Instant> quietSince) {
  /** The version to upgrade to. */
  public static final String TARGET = "target";

  /** The version that ran when the run started. */
  public static final String SOURCE = "source";

  /** The replica count when the run started. */
  public static final String REPLICAS = "replicas";

  /** The replica count that this run has asked for last, once that was done. */
  public static final String REPLICAS_SET = "replicas-set";

  /** When that was done. */
  public static final String REPLICAS_SET_AT = "replicas-set-at";

  /** The database's connection limit when the run started; -1 without a limit. */
  public static final String CONNECTION_LIMIT = "connection-limit";

  /**
   * The limit that this run owes the database since it closed the door; empty when it owes none.
   */
  public static final String LIMIT_OWED = "limit-owed";

  /** The schema number when the run started. */
  public static final String SCHEMA = "schema";

  /**
   * The liveness probe when the run started, as JSON, or as another run of this program found it
   * that changed it; empty when there was none.
   */
  public static final String LIVENESS_PROBE = "liveness-probe";

  /** The autoscalers that were at work when some were first seen. */
  public static final String SCALERS = "scalers";

  /** Those of them that were seen to be gone or paused since. */
  public static final String SCALERS_PAUSED = "scalers-paused";

  /** The revision of the Helm release that has the operator's own values. */
  public static final String HELM_REVISION = "helm-revision";

  /** The replica count in those values. */
  public static final String HELM_REPLICAS = "helm-replicas";

  /** The digest of what helm was asked for last. */
  public static final String HELM_DIGEST = "helm-digest";

  /** The release that this run has uninstalled. */
  public static final String HELM_RELEASE = "helm-release";

  /** The Services of it that were reached from outside. */
  public static final String HELM_ADDRESSES = "helm-addresses";

  /** What the operator was asked for the host in Coder's access URL. */
  private static final String SAID_BEFORE = "said-before/";

  public static final String ACCESS_HOST = "access-host";

  /** The Deployment that it had. */
  public static final String HELM_DEPLOYMENT = "helm-deployment";

  /** What this run has kept of the evidence, and where. */
  public static final String EVIDENCE = "evidence-kept";

  /** Whether this run has held this scaler, and what it was set to stands beside it. */
  public boolean holds(ScalerObject object) {
    return remembered.containsKey(object.word());
  }

  /** Why helm would not do what it was asked to judge last; empty once it would. */
  public static final String HELM_REFUSED = "helm-refused";

  /** When a migration was first seen to run. */
  public static final String MIGRATION_SEEN = "migration-seen";

  /** How a pod failed last, as {@link PodMemory#text()}; empty once that is outdated. */
  public static final String POD_FAILED = "pod-failed";

  /** The kubeconfig's context in which the run began; none within a pod of the cluster. */
  public static final String CONTEXT = "context";

  /** The kubeconfig that was named for the run, if one was. */
  public static final String KUBECONFIG = "kubeconfig";

  /** The namespace in which it began. */
  public static final String NAMESPACE = "namespace";

  /** The uid of the namespace. */
  public static final String NAMESPACE_UID = "namespace-uid";

  /** The uid of the Deployment. */
  public static final String DEPLOYMENT_UID = "deployment-uid";

  /** The identifier of the database server. */
  public static final String SYSTEM_IDENTIFIER = "system-identifier";

  /** The roles that were seen to be Coder's, a line each: beside the door nothing tells them. */
  public static final String CODER_ROLES = "coder-roles";

  public RunFacts {
    attested = Map.copyOf(attested);
    choices = Map.copyOf(choices);
    remembered = Map.copyOf(remembered);
  }

  /** A run of which nothing is known but its target. */
  public static RunFacts starting(Instant at, Optional<String> target) {
    return new RunFacts(
        at,
        Map.of(),
        Map.of(),
        target.map(version -> Map.of(TARGET, version)).orElse(Map.of()),
        Optional.empty());
  }

  public Optional<Attested> said(String question) {
    return Optional.ofNullable(attested.get(question));
  }

  public Optional<String> chosen(String question) {
    return Optional.ofNullable(choices.get(question));
  }

  public Optional<String> recalled(String word) {
    return Optional.ofNullable(remembered.get(word));
  }

  public Optional<String> target() {
    return recalled(TARGET);
  }

  public Optional<String> source() {
    return recalled(SOURCE);
  }

  public Optional<Integer> replicas() {
    return recalled(REPLICAS).map(Integer::valueOf);
  }

  public Optional<Long> schema() {
    return recalled(SCHEMA).map(Long::valueOf);
  }

  /** The liveness probe of before as JSON; empty as well when it is not remembered. */
  public Optional<String> livenessProbe() {
    return recalled(LIVENESS_PROBE).filter(probe -> !probe.isEmpty());
  }

  /** How a pod failed last, unless that is outdated. */
  public Optional<PodMemory> podFailed() {
    return recalled(POD_FAILED).flatMap(PodMemory::of);
  }

  /** The connection limit that this run took from the database, as long as it owes it. */
  public Optional<Integer> limitOwed() {
    return recalled(LIMIT_OWED).filter(text -> text.matches("-?\\d{1,9}")).map(Integer::valueOf);
  }

  /** The roles that were seen to be Coder's; empty when none was. */
  public Set<String> coderRoles() {
    return recalled(CODER_ROLES).map(roles -> Set.of(roles.split("\n"))).orElse(Set.of());
  }

  /** Why helm would not do what it was asked to judge last, if it would not. */
  public Optional<String> helmRefused() {
    return recalled(HELM_REFUSED).filter(why -> !why.isEmpty());
  }

  public RunFacts saying(String question, String value, Instant at) {
    return new RunFacts(
        startedAt,
        with(attested, question, new Attested(value, at)),
        choices,
        remembered,
        quietSince);
  }

  public RunFacts choosing(String question, String value) {
    return new RunFacts(
        startedAt, attested, with(choices, question, value), remembered, quietSince);
  }

  public RunFacts remembering(String word, String value) {
    return new RunFacts(startedAt, attested, choices, with(remembered, word, value), quietSince);
  }

  /** Without the answers to these questions and choices. */
  public RunFacts forgetting(Set<String> words) {
    Map<String, Attested> said = new HashMap<>(attested);
    Map<String, String> chosen = new HashMap<>(choices);
    Map<String, String> kept = new HashMap<>(remembered);
    words.stream()
        .filter(said::containsKey)
        .forEach(word -> kept.put(SAID_BEFORE + word, said.get(word).value()));
    said.keySet().removeAll(words);
    chosen.keySet().removeAll(words);
    return new RunFacts(startedAt, said, chosen, kept, quietSince);
  }

  /** What was said to a question before it was taken back. It counts for nothing. */
  public Optional<String> saidBefore(String question) {
    return recalled(SAID_BEFORE + question);
  }

  public RunFacts quiet(Optional<Instant> since) {
    return new RunFacts(startedAt, attested, choices, remembered, since);
  }

  private static <V> Map<String, V> with(Map<String, V> map, String word, V value) {
    Map<String, V> copy = new HashMap<>(map);
    copy.put(word, value);
    return copy;
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
