package dev.lockkeeper.kubernetes.facts;

import dev.lockkeeper.kubernetes.api.Answer;
import dev.lockkeeper.kubernetes.api.ApiErrors;
import dev.lockkeeper.kubernetes.api.ApiException;
import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.kubernetes.api.Resource;
import io.fabric8.kubernetes.api.model.ConfigMapKeySelector;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one variable of a container will be, found out as the kubelet does: {@code env} goes before
 * {@code envFrom}, the last one of a name wins, and {@code $(NAME)} stands for an earlier variable.
 */
public final class ContainerEnvironment {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([A-Za-z0-9_.-]+)\\)");

  private final ApiServer api;
  private final String namespace;
  private final Container container;

  public ContainerEnvironment(ApiServer api, String namespace, Container container) {
    this.api = api;
    this.namespace = namespace;
    this.container = container;
  }

  /**
   * The variable's value; empty when it is not set.
   *
   * @throws ApiException when it cannot be found out, with what would have to be granted
   */
  public Optional<String> value(String name) throws ApiException {
    return value(name, container.getEnv().size());
  }

  /** The Secrets that have to be read for this variable; none when it is written down plainly. */
  public List<String> secrets(String name) {
    List<EnvVar> named =
        container.getEnv().stream().filter(each -> name.equals(each.getName())).toList();
    if (named.isEmpty()) {
      return container.getEnvFrom().stream()
          .filter(source -> source.getSecretRef() != null)
          .map(source -> source.getSecretRef().getName())
          .toList();
    }
    return named.stream()
        .map(EnvVar::getValueFrom)
        .filter(source -> source != null && source.getSecretKeyRef() != null)
        .map(source -> source.getSecretKeyRef().getName())
        .toList();
  }

  private Optional<String> value(String name, int before) throws ApiException {
    for (int i = before - 1; i >= 0; i--) {
      EnvVar variable = container.getEnv().get(i);
      if (name.equals(variable.getName())) {
        return variable.getValueFrom() == null
            ? Optional.of(expand(DeploymentFacts.text(variable.getValue()), i))
            : from(name, variable.getValueFrom());
      }
    }
    return fromWhole(name);
  }

  private String expand(String text, int before) throws ApiException {
    StringBuilder result = new StringBuilder();
    Matcher matcher = REFERENCE.matcher(text);
    while (matcher.find()) {
      String replacement =
          matcher.group(1) == null ? "$" : value(matcher.group(1), before).orElse(matcher.group());
      matcher.appendReplacement(result, Matcher.quoteReplacement(replacement));
    }
    return matcher.appendTail(result).toString();
  }

  private Optional<String> from(String name, EnvVarSource source) throws ApiException {
    if (source.getSecretKeyRef() != null) {
      SecretKeySelector reference = source.getSecretKeyRef();
      return required("secrets", reference.getName(), reference.getKey(), reference.getOptional());
    }
    if (source.getConfigMapKeyRef() != null) {
      ConfigMapKeySelector reference = source.getConfigMapKeyRef();
      return required(
          "configmaps", reference.getName(), reference.getKey(), reference.getOptional());
    }
    throw new ApiException("%s comes from a field of the pod, not from a secret".formatted(name));
  }

  private Optional<String> required(String plural, String object, String key, Boolean optional)
      throws ApiException {
    Optional<String> value = read(plural, object, key);
    if (value.isEmpty() && !Boolean.TRUE.equals(optional)) {
      throw new ApiException(
          "%s %s in namespace %s has no key %s"
              .formatted(singular(plural), object, namespace, key));
    }
    return value;
  }

  /** The later source of {@code envFrom} wins. */
  private Optional<String> fromWhole(String name) throws ApiException {
    List<EnvFromSource> sources = container.getEnvFrom();
    for (int i = sources.size() - 1; i >= 0; i--) {
      EnvFromSource source = sources.get(i);
      String prefix = DeploymentFacts.text(source.getPrefix());
      if (name.startsWith(prefix)) {
        Optional<String> value = fromWhole(source, name.substring(prefix.length()));
        if (value.isPresent()) {
          return value;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> fromWhole(EnvFromSource source, String key) throws ApiException {
    if (source.getSecretRef() != null) {
      return read("secrets", source.getSecretRef().getName(), key);
    }
    return source.getConfigMapRef() == null
        ? Optional.empty()
        : read("configmaps", source.getConfigMapRef().getName(), key);
  }

  /** One key of a Secret or a ConfigMap; empty when there is no such object or key. */
  private Optional<String> read(String plural, String object, String key) throws ApiException {
    Answer answer = ask(Resource.core(namespace, plural).path(object));
    if (answer.refused()) {
      throw new ApiException(
          "may not read %s %s in namespace %s: grant get on it, or give the URL yourself"
              .formatted(singular(plural), object, namespace));
    }
    if (!answer.ok() && answer.code() != 404) {
      throw new ApiException(
          "%s %s could not be read: %d".formatted(singular(plural), object, answer.code()));
    }
    Optional<String> text = Optional.ofNullable(answer.json().path("data").path(key).textValue());
    return plural.equals("secrets") ? text.map(ContainerEnvironment::decode) : text;
  }

  private static String decode(String base64) {
    return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8).strip();
  }

  private static String singular(String plural) {
    return plural.substring(0, plural.length() - 1);
  }

  private Answer ask(String path) throws ApiException {
    try {
      return api.get(path, LIMIT).get();
    } catch (ExecutionException e) {
      throw new ApiException(new ApiErrors(api.server()).silence(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiException("interrupted");
    }
  }
}
