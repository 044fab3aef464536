package dev.lockkeeper.kubernetes.facts;

import static dev.lockkeeper.kubernetes.facts.DeploymentFacts.map;
import static dev.lockkeeper.kubernetes.facts.DeploymentFacts.text;

import dev.lockkeeper.snapshot.Amount;
import dev.lockkeeper.snapshot.HostLookup;
import dev.lockkeeper.snapshot.PodTemplate;
import dev.lockkeeper.snapshot.PodTemplate.Toleration;
import dev.lockkeeper.snapshot.VariableNames;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** What is taken from a Deployment about the pods that are still to come. */
final class TemplateFacts {
  private static final int STANDARD_GRACE = 30;
  private static final String ACCESS_URL = "CODER_ACCESS_URL";
  private static final String SIDECAR = "Always";

  private TemplateFacts() {}

  static PodTemplate of(PodTemplateSpec template) {
    PodSpec pod = template.getSpec();
    return new PodTemplate(
        grace(pod),
        needs(pod),
        CoderContainer.of(pod.getContainers()).map(TemplateFacts::amounts).orElse(Map.of()),
        map(pod.getNodeSelector()),
        pod.getTolerations().stream().map(TemplateFacts::toleration).toList(),
        Optional.ofNullable(template.getMetadata())
            .map(ObjectMeta::getAnnotations)
            .orElse(Map.of()),
        CoderContainer.of(pod.getContainers()).flatMap(TemplateFacts::accessHost),
        CoderContainer.of(pod.getContainers())
            .map(TemplateFacts::variables)
            .orElse(VariableNames.UNSEEN));
  }

  private static int grace(PodSpec pod) {
    Long seconds = pod.getTerminationGracePeriodSeconds();
    return seconds == null ? STANDARD_GRACE : seconds.intValue();
  }

  /** A later variable of a name wins; one that is made of others is not put together. */
  private static Optional<String> accessHost(Container container) {
    return container.getEnv().stream()
        .filter(each -> ACCESS_URL.equals(each.getName()))
        .reduce((earlier, later) -> later)
        .map(each -> text(each.getValue()))
        .filter(url -> !url.contains("$("))
        .flatMap(HostLookup::host);
  }

  /** A later variable of a name wins. */
  private static VariableNames variables(Container container) {
    Map<String, Boolean> empty = new HashMap<>();
    for (EnvVar each : container.getEnv()) {
      empty.put(each.getName(), each.getValueFrom() == null && text(each.getValue()).isEmpty());
    }
    return new VariableNames(
        empty.keySet(),
        empty.keySet().stream().filter(empty::get).collect(Collectors.toSet()),
        container.getEnvFrom().isEmpty());
  }

  /** All containers together, or the greatest init container where that is more. */
  private static Map<String, Amount> needs(PodSpec pod) {
    Map<String, Amount> needs = new HashMap<>();
    pod.getContainers().forEach(each -> add(needs, amounts(each)));
    List<Container> inits = pod.getInitContainers();
    inits.stream()
        .filter(each -> SIDECAR.equals(each.getRestartPolicy()))
        .forEach(each -> add(needs, amounts(each)));
    inits.forEach(
        each ->
            amounts(each)
                .forEach(
                    (name, amount) -> needs.merge(name, amount, (a, b) -> b.exceeds(a) ? b : a)));
    return needs;
  }

  private static void add(Map<String, Amount> to, Map<String, Amount> more) {
    more.forEach((name, amount) -> to.merge(name, amount, TemplateFacts::sum));
  }

  private static Amount sum(Amount one, Amount other) {
    BigDecimal value = one.value().add(other.value());
    return new Amount(value, one.text() + "+" + other.text());
  }

  private static Map<String, Amount> amounts(Container container) {
    Map<String, Amount> amounts = new HashMap<>();
    ResourceRequirements resources = container.getResources();
    if (resources != null) {
      Optional.ofNullable(resources.getLimits()).orElse(Map.of()).forEach(put(amounts, "limits."));
      // A limit without a request is the request as well.
      Optional.ofNullable(resources.getLimits())
          .orElse(Map.of())
          .forEach(put(amounts, "requests."));
      Optional.ofNullable(resources.getRequests())
          .orElse(Map.of())
          .forEach(put(amounts, "requests."));
    }
    return amounts;
  }

  private static BiConsumer<String, Quantity> put(Map<String, Amount> into, String prefix) {
    return (name, quantity) -> amount(quantity).ifPresent(each -> into.put(prefix + name, each));
  }

  /** A quantity with its number; empty when it is none. */
  static Optional<Amount> amount(Quantity quantity) {
    try {
      return Optional.of(new Amount(Quantity.getAmountInBytes(quantity), quantity.toString()));
    } catch (ArithmeticException | IllegalArgumentException noNumber) {
      return Optional.empty();
    }
  }

  private static Toleration toleration(io.fabric8.kubernetes.api.model.Toleration each) {
    return new Toleration(
        text(each.getKey()),
        text(each.getValue()),
        "Exists".equals(each.getOperator()),
        text(each.getEffect()));
  }
}
