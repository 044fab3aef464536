package dev.lockkeeper.practice.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.practice.apiserver.Json;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** Amounts as Kubernetes writes them, such as {@code 500m} and {@code 2Gi}. */
public final class Quantities {
  private static final Map<String, BigDecimal> UNITS =
      Map.of(
          "m", new BigDecimal("0.001"),
          "k", BigDecimal.valueOf(1000L),
          "M", BigDecimal.valueOf(1000_000L),
          "G", BigDecimal.valueOf(1000_000_000L),
          "Ki", BigDecimal.valueOf(1L << 10),
          "Mi", BigDecimal.valueOf(1L << 20),
          "Gi", BigDecimal.valueOf(1L << 30),
          "Ti", BigDecimal.valueOf(1L << 40));

  private Quantities() {}

  /** The number; nothing at all for what is no quantity. */
  static BigDecimal of(JsonNode quantity) {
    return of(quantity.asText("0"));
  }

  /** The number that this text means; nothing at all for what is no quantity. */
  public static BigDecimal of(String text) {
    int end = 0;
    while (end < text.length()
        && (Character.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
      end++;
    }
    BigDecimal unit = UNITS.getOrDefault(text.substring(end), BigDecimal.ONE);
    return end == 0 ? BigDecimal.ZERO : new BigDecimal(text.substring(0, end)).multiply(unit);
  }

  /** What all containers of a pod ask for together: {@code cpu}, {@code memory}. */
  static Map<String, BigDecimal> requests(JsonNode podSpec) {
    return sum(podSpec, "requests");
  }

  /**
   * What a pod counts for in a quota: {@code pods}, {@code requests.cpu}, {@code limits.memory}.
   */
  static Map<String, BigDecimal> counted(JsonNode podSpec) {
    Map<String, BigDecimal> counted = new HashMap<>(Map.of("pods", BigDecimal.ONE));
    sum(podSpec, "requests")
        .forEach(
            (name, amount) -> {
              counted.put("requests." + name, amount);
              counted.put(name, amount);
            });
    sum(podSpec, "limits").forEach((name, amount) -> counted.put("limits." + name, amount));
    return counted;
  }

  private static Map<String, BigDecimal> sum(JsonNode podSpec, String kind) {
    Map<String, BigDecimal> sum = new HashMap<>();
    Json.each(podSpec.path("containers"))
        .map(container -> container.path("resources").path(kind))
        .flatMap(amounts -> amounts.properties().stream())
        .forEach(each -> sum.merge(each.getKey(), of(each.getValue()), BigDecimal::add));
    return sum;
  }
}
