package dev.lockkeeper.practice.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.charts.HelmProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we say that a chart renders is what Helm renders. */
class ChartTest {
  /** Values by the charts' versions; each kind of chart is there, with and without values. */
  private static final Map<String, String> VALUES = new LinkedHashMap<>();

  static {
    VALUES.put("2.20.0", "{}");
    VALUES.put("2.22.1", "coder: {image: {tag: v2.21.3}, service: {type: ClusterIP}}");
    VALUES.put("2.26.6", "coder: {replicaCount: 3, env: [{name: A, value: b}]}");
    VALUES.put("2.29.3", "coder: {livenessProbe: {initialDelaySeconds: 90}}");
    VALUES.put("2.30.0", "{}");
    VALUES.put("2.31.0", "coder: {livenessProbe: {enabled: true, failureThreshold: 90}}");
    VALUES.put("1.21.2", "{}");
    VALUES.put("1.26.2", "cemanager: {old: true}");
    VALUES.put("1.24.3", "coderd: {replicas: 2, env: [{name: A, value: b}]}");
    VALUES.put("1.44.3", "cemanager: {old: true}");
  }

  @TempDir Path directory;

  @Test
  void helmRendersWhatWeSay() throws Exception {
    assumeTrue(HelmProcess.installed(), "there is no Helm for this machine");
    List<String> words = new ArrayList<>(List.of("template"));
    for (Map.Entry<String, String> each : VALUES.entrySet()) {
      words.add(unpacked(Chart.of(each.getKey())).toString());
      words.add(Files.writeString(directory.resolve(each.getKey()), each.getValue()).toString());
    }
    HelmHome home = new HelmHome(directory.resolve("helm"));

    Result result =
        new HelmProcess(directory.resolve("none"), home, directory)
            .run(words.toArray(String[]::new));

    assertThat(result.code()).as(result.output()).isZero();
    String[] manifests = result.output().split("===\\n");
    int i = 0;
    for (Map.Entry<String, String> each : VALUES.entrySet()) {
      List<ObjectNode> objects = Chart.of(each.getKey()).objects(Texts.yaml(each.getValue()));
      assertThat(Set.<JsonNode>copyOf(objects))
          .as("chart %s with %s", each.getKey(), each.getValue())
          .isEqualTo(parsed(manifests[i++]));
    }
  }

  private Path unpacked(Chart chart) throws IOException {
    Path root = directory.resolve("chart-" + chart.version());
    for (Map.Entry<String, String> file : chart.files().entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    return root;
  }

  private static Set<JsonNode> parsed(String manifest) {
    return Stream.of(manifest.split("(?m)^---$"))
        .filter(document -> !document.isBlank())
        .map(Texts::yaml)
        .collect(Collectors.toSet());
  }

  @Test
  void everyReleaseHasAChartThatSaysWhatItIs() {
    for (String version : List.of("1.20.4", "2.0.2", "2.29.3")) {
      ObjectNode metadata = Chart.of(version).metadata();

      assertThat(metadata.path("name").asText()).isEqualTo("coder");
      assertThat(metadata.path("version").asText()).isEqualTo(version);
      assertThat(metadata.path("description").asText()).startsWith("A stand-in");
    }
  }

  @Test
  void anArchiveIsTheSameEachTime() {
    assertThat(ChartArchive.pack(Chart.of("2.29.3")))
        .isEqualTo(ChartArchive.pack(Chart.of("2.29.3")));
  }
}
