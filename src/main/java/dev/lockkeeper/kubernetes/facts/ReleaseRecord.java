package dev.lockkeeper.kubernetes.facts;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.kubernetes.api.Json;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.HelmRelease.Revision;
import dev.lockkeeper.snapshot.HelmRelease.Secret;
import dev.lockkeeper.snapshot.HelmRelease.Values;
import dev.lockkeeper.snapshot.Masked;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * A revision as Helm writes it: JSON, mostly compressed, in base64, and once more in base64 as
 * every Secret. It holds chart, manifest and all values; what is not needed is forgotten here.
 */
public final class ReleaseRecord {
  /** A Secret holds a mebibyte; nobody has a chart that unpacks to more than this. */
  private static final int LARGEST = 32 << 20;

  private static final int LONGEST = 200;
  private static final int MOST = 200;
  private static final Pattern DOCUMENT = Pattern.compile("(?m)^---\\s*$");
  private static final Pattern KIND = Pattern.compile("(?m)^kind: [\"']?([A-Za-z]{1,63})");
  private static final Pattern NAME =
      Pattern.compile("(?ms)^metadata:\\s*$.{0,4000}?^ {1,4}name: [\"']?([A-Za-z0-9.:-]{1,253})");
  private static final TypeReference<Map<String, Object>> CONFIG = new TypeReference<>() {};
  private static final byte GZIP_FIRST = 0x1f;
  private static final byte GZIP_SECOND = (byte) 0x8b;

  private ReleaseRecord() {}

  /**
   * What is taken from a revision; empty when it is none.
   *
   * @param secret the Secret's value {@code release}
   */
  public static Optional<HelmRelease> read(
      String secret, Instant changed, List<Revision> history, Secret where) {
    try {
      byte[] inner = Base64.getDecoder().decode(Base64.getMimeDecoder().decode(secret));
      JsonNode release = Json.MAPPER.readTree(unpacked(inner));
      return release == null || !release.path("name").isTextual()
          ? Optional.empty()
          : Optional.of(facts(release, changed, history, where));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
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

  private static HelmRelease facts(
      JsonNode release, Instant changed, List<Revision> history, Secret where) {
    JsonNode chart = release.at("/chart/metadata");
    return new HelmRelease(
        text(release.path("name")),
        text(release.path("namespace")),
        new HelmRelease.Info(
            release.path("version").asInt(),
            text(release.at("/info/status")),
            changed,
            text(Masked.of(release.at("/info/description").asText("")).text()),
            where),
        new HelmRelease.Chart(
            text(chart.path("name")), text(chart.path("version")), text(chart.path("appVersion"))),
        values(release.path("config")),
        release.path("apply_method").asText().equals("ssa"),
        objects(release.path("manifest").asText()),
        new HelmRelease.Earlier(history, Optional.empty()));
  }

  /** Helm leaves it out where nobody gave any. */
  private static Values values(JsonNode config) {
    return config.isObject() ? Values.of(Json.MAPPER.convertValue(config, CONFIG)) : Values.NONE;
  }

  /** What the rendered documents say of themselves, without reading what is in them. */
  private static List<String> objects(String manifest) {
    return DOCUMENT
        .splitAsStream(manifest)
        .map(each -> first(KIND, each) + " " + first(NAME, each))
        .filter(each -> !each.startsWith(" ") && !each.endsWith(" "))
        .limit(MOST)
        .toList();
  }

  private static String first(Pattern pattern, String document) {
    Matcher found = pattern.matcher(document);
    return found.find() ? found.group(1) : "";
  }

  private static String text(JsonNode node) {
    return text(node.asText(""));
  }

  private static String text(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }
}
