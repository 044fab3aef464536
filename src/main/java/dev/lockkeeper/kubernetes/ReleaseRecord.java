package dev.lockkeeper.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.HelmRelease.Revision;
import dev.lockkeeper.snapshot.HelmRelease.Values;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * A revision as Helm writes it: JSON, mostly compressed, in base64, and once more in base64 as
 * every Secret. It holds chart, manifest and all values; what is not needed is forgotten here.
 */
final class ReleaseRecord {
  /** A Secret holds a mebibyte; nobody has a chart that unpacks to more than this. */
  private static final int LARGEST = 32 << 20;

  private static final int LONGEST = 200;
  private static final byte GZIP_FIRST = 0x1f;
  private static final byte GZIP_SECOND = (byte) 0x8b;

  private ReleaseRecord() {}

  /**
   * What is taken from a revision; empty when it is none.
   *
   * @param secret the Secret's value {@code release}
   */
  static Optional<HelmRelease> read(String secret, Instant changed, List<Revision> history) {
    try {
      byte[] inner = Base64.getDecoder().decode(Base64.getMimeDecoder().decode(secret));
      JsonNode release = Json.MAPPER.readTree(unpacked(inner));
      return release == null || !release.path("name").isTextual()
          ? Optional.empty()
          : Optional.of(facts(release, changed, history));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The same revision, whose older ones were listed again. */
  static HelmRelease relisted(HelmRelease before, List<Revision> history) {
    return new HelmRelease(
        before.name(),
        before.namespace(),
        before.revision(),
        before.status(),
        before.chart(),
        before.chartVersion(),
        before.appVersion(),
        before.changedAt(),
        before.description(),
        before.serverSide(),
        before.values(),
        history);
  }

  private static byte[] unpacked(byte[] bytes) throws IOException {
    if (bytes.length < 2 || bytes[0] != GZIP_FIRST || bytes[1] != GZIP_SECOND) {
      return bytes;
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      byte[] all = in.readNBytes(LARGEST + 1);
      if (all.length > LARGEST) {
        throw new IOException("a release that unpacks to more than %d bytes".formatted(LARGEST));
      }
      return all;
    }
  }

  private static HelmRelease facts(JsonNode release, Instant changed, List<Revision> history) {
    JsonNode chart = release.at("/chart/metadata");
    return new HelmRelease(
        text(release.path("name")),
        text(release.path("namespace")),
        release.path("version").asInt(),
        text(release.at("/info/status")),
        text(chart.path("name")),
        text(chart.path("version")),
        text(chart.path("appVersion")),
        changed,
        text(release.at("/info/description")),
        release.path("apply_method").asText().equals("ssa"),
        values(release.path("config"), text(chart.path("version"))),
        history);
  }

  private static Values values(JsonNode config, String version) {
    JsonNode coder = config.path("coder");
    JsonNode count = coder.path("replicaCount");
    JsonNode tag = coder.at("/image/tag");
    Map<String, String> probe = new HashMap<>();
    coder
        .path("livenessProbe")
        .properties()
        .forEach(
            each -> {
              if (each.getValue().isValueNode()) {
                probe.put(each.getKey(), text(each.getValue()));
              }
            });
    return new Values(
        count.isNumber() ? Optional.of(count.intValue()) : Optional.empty(),
        Optional.of(tag)
            .filter(JsonNode::isValueNode)
            .map(ReleaseRecord::text)
            .filter(text -> !text.isEmpty() && !tag.isNull()),
        probe,
        version.startsWith("1.") ? GivenValues.of(config) : List.of());
  }

  private static String text(JsonNode node) {
    String text = node.asText("");
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }
}
