package dev.lockkeeper.kubernetes.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A collection of the API in one namespace: its address, and its name in sentences.
 *
 * @param group such as {@code api/v1} or {@code apis/apps/v1}
 * @param namespace the namespace
 * @param plural such as {@code pods}
 */
public record Resource(String group, String namespace, String plural) {
  public static Resource core(String namespace, String plural) {
    return new Resource("api/v1", namespace, plural);
  }

  public static Resource apps(String namespace, String plural) {
    return new Resource("apis/apps/v1", namespace, plural);
  }

  /** The path of the whole collection. */
  public String path() {
    return "/%s/namespaces/%s/%s".formatted(group, encode(namespace), plural);
  }

  /** The path of one object. */
  public String path(String name) {
    return path() + "/" + encode(name);
  }

  /** The path of one object of the whole cluster. */
  public String pathOfAll(String name) {
    return "/%s/%s/%s".formatted(group, plural, encode(name));
  }

  /** The path of the collection with a query. */
  public String query(Map<String, String> parameters) {
    return asking(path(), parameters);
  }

  /** The path of a part of one object, such as its {@code log}, with a query. */
  public String query(String name, String part, Map<String, String> parameters) {
    return asking(path(name) + "/" + part, parameters);
  }

  private static String asking(String path, Map<String, String> parameters) {
    String query =
        new LinkedHashMap<>(parameters)
            .entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
    return query.isEmpty() ? path : path + "?" + query;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
