package dev.lockkeeper.practice.charts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Json;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One version of a stand-in for Coder's chart. It has the name, the labels and the values of the
 * real one as far as an upgrade meets them, and says in its description what it is.
 *
 * @param line which of the two products
 * @param version the version without a v; that of Coder
 */
public record Chart(Line line, String version) {
  /** The name of both lines' charts. */
  public static final String NAME = "coder";

  /** Two products whose charts have the same name. */
  public enum Line {
    /** Coder v1. */
    V1("v1", "_name.tpl", "1.20", "1.27"),
    /** Coder v2. */
    V2("v2", "_probes.tpl", "2.0", "2.22", "2.25", "2.30");

    private final String directory;
    private final String aged;
    private final List<String> changes;

    Line(String directory, String aged, String... changes) {
      this.directory = directory;
      this.aged = aged;
      this.changes = List.of(changes);
    }
  }

  /** The chart of a version such as {@code 2.26.6}. */
  public static Chart of(String version) {
    return new Chart(version.startsWith("1.") ? Line.V1 : Line.V2, version);
  }

  /** The versions of v1 that there are charts of. */
  public static List<String> legacyVersions() {
    return Texts.read("v1/versions.txt").lines().toList();
  }

  /** What is in every Chart.yaml of a line, with VERSION for the version. */
  static String template(Line line) {
    return Texts.read(line.directory + "/Chart.yaml");
  }

  /** The files of the chart by their paths in it. */
  Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("Chart.yaml", template(line).replace("VERSION", version));
    files.put("values.yaml", ofAge("values.yaml"));
    files.putAll(templates());
    return files;
  }

  /** Those of them that are templates. */
  Map<String, String> templates() {
    Map<String, String> files = new LinkedHashMap<>();
    for (String name : templateNames()) {
      files.put("templates/" + name, shared("templates/" + name));
    }
    files.put("templates/" + line.aged, ofAge(line.aged));
    return files;
  }

  private List<String> templateNames() {
    return switch (line) {
      case V1 -> List.of("_coder.tpl", "coderd.yaml", "services.yaml");
      case V2 -> List.of("_coder.tpl", "coder.yaml", "rbac.yaml", "service.yaml");
    };
  }

  /** What is in Chart.yaml. */
  ObjectNode metadata() {
    return Texts.yaml(files().get("Chart.yaml"));
  }

  /** The values that hold unless a user gives others. */
  ObjectNode defaults() {
    return Texts.yaml(ofAge("values.yaml"));
  }

  /** The values that hold when a user gives these. */
  ObjectNode values(ObjectNode given) {
    return (ObjectNode) Json.merged(defaults(), given);
  }

  /** The image that the chart installs when these values are given. */
  public String image(ObjectNode given) {
    ObjectNode values = values(given);
    return switch (line) {
      case V1 -> or(values, "/coderd/image", "docker.io/coderenvs/coder-service:" + version);
      case V2 ->
          Json.text(values, "/coder/image/repo")
              + ":"
              + or(values, "/coder/image/tag", "v" + version);
    };
  }

  private static String or(ObjectNode values, String pointer, String otherwise) {
    String text = Json.text(values, pointer);
    return text.isEmpty() ? otherwise : text;
  }

  /** The name of the server's Deployment when these values are given. */
  public String deployment(ObjectNode given) {
    return switch (line) {
      case V1 -> given.path("cemanager").isEmpty() || isFrom("1.27") ? "coderd" : "cemanager";
      case V2 -> NAME;
    };
  }

  /** What the templates make of these values, in the order in which Helm installs it. */
  public List<ObjectNode> objects(ObjectNode given) {
    return switch (line) {
      case V1 -> CoderV1Objects.of(this, values(given));
      case V2 -> CoderObjects.of(this, values(given));
    };
  }

  /** A file that all versions of the line share. */
  String shared(String name) {
    return Texts.read(line.directory + "/" + name);
  }

  private String ofAge(String name) {
    String age =
        line.changes.stream()
            .filter(this::isFrom)
            .reduce((earlier, later) -> later)
            .orElse(line.changes.get(0));
    return shared("since-" + age + "/" + name);
  }

  /** Whether this version is one of that line of releases or a later one. */
  boolean isFrom(String since) {
    return Arrays.compare(numbers(version), numbers(since)) >= 0;
  }

  private static int[] numbers(String version) {
    return Arrays.stream(version.split("\\.")).limit(2).mapToInt(Integer::parseInt).toArray();
  }
}
