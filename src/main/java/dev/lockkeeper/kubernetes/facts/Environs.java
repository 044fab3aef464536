package dev.lockkeeper.kubernetes.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.kubernetes.api.Answer;
import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.kubernetes.api.Polled;
import dev.lockkeeper.kubernetes.api.Resource;
import dev.lockkeeper.snapshot.Amount;
import dev.lockkeeper.snapshot.DisruptionBudget;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.Node;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Quota;
import dev.lockkeeper.snapshot.Right;
import dev.lockkeeper.snapshot.Surroundings;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** Asks for what stands around a Deployment. Each answer may be that we may not know. */
public final class Environs {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration PACE = Duration.ofSeconds(15);
  private static final Duration NODES = Duration.ofSeconds(30);
  private static final Duration REFUSED = Duration.ofSeconds(60);
  private static final String AUTOSCALING = "apis/autoscaling.k8s.io/v1";

  /** A node tells of all its images: more of them at once would be a burden. */
  private static final int MOST_NODES = 500;

  private final ApiServer api;
  private final String namespace;
  private final String deployment;
  private final Polled<List<Node>> nodes;
  private final Polled<List<Quota>> quotas;
  private final Polled<List<String>> defaults;
  private final Polled<List<JsonNode>> budgets;
  private final Polled<List<String>> verticals;
  private final HelmRights rights;
  private final Polled<List<Right>> helm;

  /** Makes a fact that is asked for again and again. */
  public interface Asking {
    <T> Polled<T> polled(
        Supplier<CompletableFuture<Observed<T>>> question, Duration pace, Duration unknown);
  }

  public Environs(ApiServer api, String namespace, String deployment, Asking asking) {
    this.api = api;
    this.namespace = namespace;
    this.deployment = deployment;
    this.nodes = asking.polled(this::nodes, NODES, REFUSED);
    this.quotas = asking.polled(() -> list("api/v1", "resourcequotas", this::quota), PACE, REFUSED);
    this.defaults =
        asking.polled(() -> list("api/v1", "limitranges", Environs::name), PACE, REFUSED);
    this.budgets =
        asking.polled(
            () -> list("apis/policy/v1", "poddisruptionbudgets", Optional::of), PACE, REFUSED);
    this.verticals = asking.polled(this::verticals, PACE, REFUSED);
    this.rights = new HelmRights(api, namespace);
    this.helm = asking.polled(rights::read, PACE, PACE);
  }

  /** From now on it is asked what Helm needs for this Deployment. */
  public void seek(Optional<Deployment> found, Observed<List<HelmRelease>> releases) {
    if (rights.seek(found.map(DeploymentFacts::of), releases)) {
      helm.begin();
    }
  }

  /** Begins to ask; to be called once. */
  public void begin() {
    List.of(nodes, quotas, defaults, budgets, verticals).forEach(Polled::begin);
  }

  /** What was heard last; budgets are those that select the pods of this Deployment. */
  public Surroundings last(Optional<Deployment> found) {
    Map<String, String> labels =
        found
            .map(each -> each.getSpec().getTemplate().getMetadata())
            .map(metadata -> DeploymentFacts.map(metadata.getLabels()))
            .orElse(Map.of());
    return new Surroundings(
        nodes.last(),
        quotas.last(),
        defaults.last(),
        budgets
            .last()
            .map(
                all ->
                    all.stream()
                        .filter(each -> selects(each.at("/spec/selector"), labels))
                        .map(Environs::budget)
                        .toList()),
        verticals.last(),
        helm.last());
  }

  private CompletableFuture<Observed<List<Node>>> nodes() {
    return asked("/api/v1/nodes?limit=" + MOST_NODES, "nodes", node -> Optional.of(node(node)));
  }

  /** Where the kind is not installed nobody has a right to it, and that is no refusal. */
  private CompletableFuture<Observed<List<String>>> verticals() {
    return api.get("/" + AUTOSCALING, LIMIT)
        .thenCompose(
            group ->
                group.code() == 404
                    ? CompletableFuture.completedFuture(
                        Observed.known(List.of(), SteadyClock.now()))
                    : list(AUTOSCALING, "verticalpodautoscalers", this::vertical))
        .exceptionally(
            failure ->
                Observed.unknown("no answer about verticalpodautoscalers", SteadyClock.now()));
  }

  private <T> CompletableFuture<Observed<List<T>>> list(
      String group, String plural, Function<JsonNode, Optional<T>> fact) {
    return asked(new Resource(group, namespace, plural).path(), plural, fact);
  }

  private <T> CompletableFuture<Observed<List<T>>> asked(
      String path, String plural, Function<JsonNode, Optional<T>> fact) {
    return api.get(path, LIMIT)
        .thenApply(answer -> read(answer, plural, fact))
        .exceptionally(failure -> Observed.unknown("no answer about " + plural, SteadyClock.now()));
  }

  private static <T> Observed<List<T>> read(
      Answer answer, String plural, Function<JsonNode, Optional<T>> fact) {
    Instant now = SteadyClock.now();
    if (answer.refused()) {
      return Observed.unknown("no right to list " + plural, now);
    }
    if (answer.code() == 404) {
      return Observed.known(List.of(), now);
    }
    if (!answer.isList()) {
      return Observed.unknown("%s: answered %d".formatted(plural, answer.code()), now);
    }
    List<T> found = new ArrayList<>();
    answer.json().path("items").forEach(item -> fact.apply(item).ifPresent(found::add));
    Observed<List<T>> read = Observed.known(found, now);
    return answer.json().at("/metadata/continue").asText().isEmpty()
        ? read
        : read.lost("there are more than %d %s".formatted(found.size(), plural));
  }

  private static Optional<String> name(JsonNode item) {
    return Optional.of(item.at("/metadata/name").asText());
  }

  private static Node node(JsonNode item) {
    List<Node.Taint> taints = new ArrayList<>();
    item.at("/spec/taints")
        .forEach(
            each ->
                taints.add(
                    new Node.Taint(
                        each.path("key").asText(),
                        each.path("value").asText(),
                        each.path("effect").asText())));
    return new Node(
        item.at("/metadata/name").asText(),
        ready(item.at("/status/conditions")),
        item.at("/spec/unschedulable").asBoolean(),
        taints,
        texts(item.at("/metadata/labels")),
        amounts(item.at("/status/allocatable")));
  }

  private static boolean ready(JsonNode conditions) {
    for (JsonNode each : conditions) {
      if (each.path("type").asText().equals("Ready")) {
        return each.path("status").asText().equals("True");
      }
    }
    return false;
  }

  private Optional<Quota> quota(JsonNode item) {
    return Optional.of(
        new Quota(
            item.at("/metadata/name").asText(),
            amounts(item.at(item.at("/status/hard").isObject() ? "/status/hard" : "/spec/hard")),
            amounts(item.at("/status/used")),
            item.at("/spec/scopes").size() > 0 || item.at("/spec/scopeSelector").isObject()));
  }

  /** One whose update mode lets it evict pods, to give them other requests. */
  private Optional<String> vertical(JsonNode item) {
    String mode = item.at("/spec/updatePolicy/updateMode").asText("Auto");
    JsonNode target = item.at("/spec/targetRef");
    return target.path("kind").asText().equals("Deployment")
            && target.path("name").asText().equals(deployment)
            && !mode.equals("Off")
            && !mode.equals("Initial")
        ? name(item)
        : Optional.empty();
  }

  private static DisruptionBudget budget(JsonNode item) {
    String terms =
        item.at("/spec/minAvailable").isMissingNode()
            ? "maxUnavailable " + item.at("/spec/maxUnavailable").asText()
            : "minAvailable " + item.at("/spec/minAvailable").asText();
    JsonNode status = item.path("status");
    boolean told =
        status.path("disruptionsAllowed").isInt()
            && status.path("observedGeneration").asLong()
                >= item.at("/metadata/generation").asLong()
            && item.at("/spec/selector/matchExpressions").isEmpty();
    return new DisruptionBudget(
        item.at("/metadata/name").asText(),
        terms,
        told ? Optional.of(status.path("disruptionsAllowed").asInt()) : Optional.empty(),
        item.at("/spec/unhealthyPodEvictionPolicy").asText().equals("AlwaysAllow"));
  }

  /** An empty selector selects all; expressions are not looked at: the budget may select them. */
  private static boolean selects(JsonNode selector, Map<String, String> labels) {
    return texts(selector.path("matchLabels")).entrySet().stream()
        .allMatch(each -> each.getValue().equals(labels.get(each.getKey())));
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new HashMap<>();
    object.properties().forEach(each -> texts.put(each.getKey(), each.getValue().asText()));
    return texts;
  }

  private static Map<String, Amount> amounts(JsonNode object) {
    Map<String, Amount> amounts = new HashMap<>();
    object
        .properties()
        .forEach(
            each ->
                quantity(each.getValue().asText())
                    .ifPresent(amount -> amounts.put(each.getKey(), amount)));
    return amounts;
  }

  private static Optional<Amount> quantity(String text) {
    try {
      return TemplateFacts.amount(Quantity.parse(text));
    } catch (IllegalArgumentException noQuantity) {
      return Optional.empty();
    }
  }
}
