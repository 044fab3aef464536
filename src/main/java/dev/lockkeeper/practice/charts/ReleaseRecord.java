package dev.lockkeeper.practice.charts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What Helm keeps of one revision of a release, in a Secret: JSON, in gzip, in base64, and as all
 * data of Secrets in base64 once more.
 *
 * @param namespace where it was installed
 * @param revision its number, from 1
 * @param status what became of it
 * @param description what Helm says about it
 * @param chart the chart
 * @param given the values that the user gave
 * @param first when the release was installed
 * @param last when this revision was
 */
public record ReleaseRecord(
    String namespace,
    int revision,
    Status status,
    String description,
    Chart chart,
    ObjectNode given,
    Instant first,
    Instant last) {
  /** The name of every release here. */
  public static final String RELEASE = "coder";

  /** What may have become of a revision. */
  public enum Status {
    DEPLOYED,
    SUPERSEDED,
    FAILED,
    UNINSTALLED,
    UNINSTALLING,
    PENDING_INSTALL,
    PENDING_UPGRADE,
    PENDING_ROLLBACK;

    private static Status of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** The word in Helm's records. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** What a Secret holds that this program or a real Helm wrote. */
  static ReleaseRecord read(ObjectNode secret) {
    Base64.Decoder base64 = Base64.getDecoder();
    byte[] bytes = base64.decode(base64.decode(Json.text(secret, "/data/release")));
    try (InputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      JsonNode json = Json.MAPPER.readTree(unzipped);
      return new ReleaseRecord(
          json.path("namespace").asText(),
          json.path("version").asInt(),
          Status.of(Json.text(json, "/info/status")),
          Json.text(json, "/info/description"),
          Chart.of(Json.text(json, "/chart/metadata/version")),
          json.path("config") instanceof ObjectNode given ? given : Json.object(),
          time(json, "/info/first_deployed"),
          time(json, "/info/last_deployed"));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static Instant time(JsonNode json, String pointer) {
    return OffsetDateTime.parse(Json.text(json, pointer)).toInstant();
  }

  /** Marks an object as Helm marks what belongs to a release. */
  public static void own(ObjectNode object, String namespace) {
    Json.child(Json.metadata(object), "labels").put("app.kubernetes.io/managed-by", "Helm");
    Json.child(Json.metadata(object), "annotations")
        .put("meta.helm.sh/release-name", RELEASE)
        .put("meta.helm.sh/release-namespace", namespace);
  }

  /** The next revision, deployed. */
  public ReleaseRecord upgraded(Chart other, ObjectNode values, Instant now) {
    return new ReleaseRecord(
        namespace, revision + 1, Status.DEPLOYED, "Upgrade complete", other, values, first, now);
  }

  /** The same revision after something has become of it. */
  public ReleaseRecord become(Status other) {
    return new ReleaseRecord(namespace, revision, other, description, chart, given, first, last);
  }

  /** The name of the Secret. */
  public String name() {
    return "sh.helm.release.v1." + RELEASE + ".v" + revision;
  }

  /** The Secret. */
  public ObjectNode secret() {
    return Json.object(
        "apiVersion",
        "v1",
        "kind",
        "Secret",
        "metadata",
        Json.object("name", name(), "namespace", namespace, "labels", labels()),
        "type",
        "helm.sh/release.v1",
        "data",
        Json.object("release", twice(packed())));
  }

  private ObjectNode labels() {
    return Json.object(
        "modifiedAt", Long.toString(last.getEpochSecond()),
        "name", RELEASE,
        "owner", "helm",
        "status", status.word(),
        "version", Integer.toString(revision));
  }

  private static String twice(byte[] bytes) {
    Base64.Encoder base64 = Base64.getEncoder();
    return base64.encodeToString(base64.encode(bytes));
  }

  private byte[] packed() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      Json.MAPPER.writeValue(zip, json());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private ObjectNode json() {
    return Json.object(
        "name", RELEASE,
        "info", info(),
        "chart", chartJson(),
        "config", given,
        "manifest", manifest(),
        "version", revision,
        "namespace", namespace);
  }

  private ObjectNode info() {
    return Json.object(
        "first_deployed", first.toString(),
        "last_deployed", last.toString(),
        "deleted", "",
        "description", description,
        "status", status.word());
  }

  private ObjectNode chartJson() {
    ArrayNode templates = Json.MAPPER.createArrayNode();
    chart.templates().forEach((name, text) -> templates.add(file(name, text)));
    return Json.object(
        "metadata",
        chart.metadata(),
        "lock",
        null,
        "templates",
        templates,
        "values",
        chart.defaults(),
        "schema",
        null,
        "files",
        Json.MAPPER.createArrayNode());
  }

  private static ObjectNode file(String name, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Json.object("name", name, "data", Base64.getEncoder().encodeToString(bytes));
  }

  /** All objects as Helm keeps them: as rendered, without what it adds when it installs them. */
  private String manifest() {
    StringBuilder text = new StringBuilder();
    for (ObjectNode object : chart.objects(given)) {
      text.append(Texts.yaml(object));
    }
    return text.toString();
  }
}
