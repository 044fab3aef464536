package dev.lockkeeper.kubernetes.api;

import dev.lockkeeper.Fuzz;
import dev.lockkeeper.kubernetes.config.ClusterException;
import dev.lockkeeper.kubernetes.config.ClusterOptions;
import dev.lockkeeper.kubernetes.config.ExecCredential;
import dev.lockkeeper.kubernetes.config.KubeContext;
import dev.lockkeeper.kubernetes.facts.ReleaseRecord;
import dev.lockkeeper.snapshot.HelmRelease;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a cluster, a plugin and a kubeconfig may say, and nothing else than their refusals comes.
 */
@Timeout(value = 12, unit = TimeUnit.HOURS) // as long as it is asked to
class ForeignBytesFuzzTest {
  @TempDir Path folder;

  @Test
  void aKubeconfigLeadsSomewhereOrIsRefused() {
    String example =
        """
        current-context: c
        contexts:
        - {name: c, context: {cluster: c, user: u, namespace: coder}}
        clusters:
        - {name: c, cluster: {server: 'https://10.0.0.1:6443', certificate-authority-data: aGk=}}
        users:
        - name: u
          user: {token: %s, exec: {command: x, args: [a], env: [{name: A, value: %s}]}}
        """
            .formatted(Fuzz.SECRET, Fuzz.SECRET);
    Path file = folder.resolve("config");
    Fuzz.of(
        "kubeconfig",
        List.of(bytes(example)),
        bytes -> {
          Files.write(file, bytes);
          try {
            KubeContext.find(
                new ClusterOptions(Optional.of(file), Optional.empty(), Optional.empty(), "coder"),
                Map.of());
            return "";
          } catch (ClusterException e) {
            return e.getMessage();
          }
        });
  }

  @Test
  void aPluginsAnswerIsACredentialOrNone() {
    String example =
        "{\"kind\":\"ExecCredential\",\"status\":{\"token\":\"%s\",\"clientKeyData\":\"%s\",\"expirationTimestamp\":\"2030-01-01T00:00:00Z\"}}"
            .formatted(Fuzz.SECRET, Fuzz.SECRET);
    Fuzz.of(
        "exec credential",
        List.of(bytes(example)),
        bytes -> ExecCredential.parse(text(bytes)).map(Object::toString).orElse(""));
  }

  @Test
  void aLineOfAWatchIsAnObjectOrRefused() {
    String example =
        "{\"type\":\"ADDED\",\"object\":{\"kind\":\"Pod\",\"metadata\":{\"uid\":\"u\",\"resourceVersion\":\"1\"},\"status\":{\"containerStatuses\":[{\"name\":\"coder\",\"restartCount\":1}]}}}\n";
    Fuzz.of(
        "watch stream",
        List.of(bytes(example + example)),
        bytes -> {
          List<String> lines = new ArrayList<>();
          new Lines(lines::add).add(bytes);
          StringBuilder refused = new StringBuilder();
          for (String line : lines) {
            try {
              Json.read(Json.parsed(line).path("object"), Pod.class);
            } catch (ApiException e) {
              refused.append(e.getMessage());
            }
          }
          return refused.toString();
        });
  }

  @Test
  void aPayloadIsAReleaseOrNone() throws IOException {
    String release =
        "{\"name\":\"coder\",\"namespace\":\"coder\",\"version\":3,\"info\":{\"status\":\"deployed\",\"description\":\"d\"},\"config\":{\"coder\":{\"replicaCount\":2,\"secret\":\"%s\"}},\"chart\":{\"metadata\":{\"name\":\"coder\"}},\"manifest\":\"---\\nkind: Pod\\nmetadata:\\n  name: x\\n\"}"
            .formatted(Fuzz.SECRET);
    HelmRelease.Secret where = new HelmRelease.Secret("sh.helm.release.v1.coder.v3", "u", "1");
    Fuzz.of(
        "Helm release payload",
        List.of(bytes(release), zipped(bytes(release))),
        bytes ->
            ReleaseRecord.read(twice(bytes), Instant.EPOCH, List.of(), where)
                .map(Object::toString)
                .orElse(""));
    Fuzz.of(
        "Helm release encoding",
        List.of(bytes(twice(zipped(bytes(release))))),
        bytes ->
            ReleaseRecord.read(text(bytes), Instant.EPOCH, List.of(), where)
                .map(Object::toString)
                .orElse(""));
  }

  private static String twice(byte[] bytes) {
    return Base64.getEncoder().encodeToString(Base64.getEncoder().encode(bytes));
  }

  private static byte[] zipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
