package dev.lockkeeper.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * One revision of a release, as Helm itself keeps it in a Secret.
 *
 * @param number its number
 * @param status what Helm says of it
 * @param chart the version of its chart
 * @param values the values that were given, with no word of the chart's own
 */
record HelmRecord(int number, String status, String chart, JsonNode values) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** All revisions that there are, oldest first. */
  static List<HelmRecord> all(KubernetesClient cluster) {
    return cluster
        .secrets()
        .inNamespace("coder")
        .withLabel("owner", "helm")
        .list()
        .getItems()
        .stream()
        .map(HelmRecord::read)
        .sorted(Comparator.comparingInt(HelmRecord::number))
        .toList();
  }

  /** In a few words: {@code 2 deployed 2.29.3, 1 replicas}. */
  String told() {
    return "%d %s %s, %d replicas"
        .formatted(number, status, chart, values.at("/coder/replicaCount").asInt());
  }

  /** Kubernetes has it in Base64, and Helm had put it into another one, with gzip. */
  private static HelmRecord read(Secret secret) {
    byte[] inner = Base64.getDecoder().decode(secret.getData().get("release"));
    byte[] packed = Base64.getDecoder().decode(inner);
    try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      JsonNode release = JSON.readTree(plain);
      return new HelmRecord(
          release.get("version").asInt(),
          release.at("/info/status").asText(),
          release.at("/chart/metadata/version").asText(),
          release.path("config"));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
