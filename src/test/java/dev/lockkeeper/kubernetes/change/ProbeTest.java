package dev.lockkeeper.kubernetes.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Outcome.Result;
import dev.lockkeeper.action.ProbeRequest;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.PracticeCluster;
import dev.lockkeeper.kubernetes.api.ApiException;
import dev.lockkeeper.kubernetes.api.Json;
import dev.lockkeeper.kubernetes.facts.DeploymentFacts;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.snapshot.Contexts;
import dev.lockkeeper.snapshot.Deployment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The liveness probe is taken out, changed and put back, and nothing of it is lost on the way. */
class ProbeTest {
  private static final String KEPT = "lockkeeper.dev/liveness-probe";
  private static final String PROBE =
      """
      {"httpGet":{"port":8080,"path":"/healthz","httpHeaders":[{"name":"X-A","value":""}]},
       "failureThreshold":7,"terminationGracePeriodSeconds":5,"aFieldOfTomorrow":{"deep":[1]}}
      """;

  @TempDir Path directory;
  private PracticeCluster practice;
  private ClusterConnection connection;

  @BeforeEach
  void start() throws Exception {
    practice = new PracticeCluster(directory);
    connection = practice.connect(practice.operator);
  }

  @AfterEach
  void stop() {
    connection.close();
    practice.close();
  }

  @Test
  void takenOutAndPutBackLeavesTheDeploymentAsItWas() throws Exception {
    put(PROBE);
    ObjectNode before = practice.deployment();
    String original = seen().livenessProbe().orElseThrow();
    assertThat(set(Optional.of(original), Optional.empty()).result()).isEqualTo(Result.DONE);
    assertThat(probe()).isEmpty();
    assertThat(Json.parsed(seen().annotations().get(KEPT)))
        .isEqualTo(before.at("/spec/template/spec/containers/1/livenessProbe"));

    assertThat(set(Optional.empty(), Optional.of(original)).result()).isEqualTo(Result.DONE);
    assertThat(lasting(practice.deployment())).isEqualTo(lasting(before));
    assertThat(practice.requests.writes()).hasSize(2);
  }

  @Test
  void theKeptCopyAloneIsEnoughToPutItBack() throws Exception {
    annotate("a", "b");
    put(PROBE);
    ObjectNode before = practice.deployment();
    set(seen().livenessProbe(), Optional.empty());
    set(Optional.empty(), Optional.of(seen().annotations().get(KEPT)));

    assertThat(lasting(practice.deployment())).isEqualTo(lasting(before));
    assertThat(seen().annotations()).isEqualTo(java.util.Map.of("a", "b"));
  }

  @Test
  void whateverIsChangedTwiceTheFirstOneIsKept() throws Exception {
    String original = probe().orElseThrow().toString();
    ObjectNode soft = (ObjectNode) probe().orElseThrow().deepCopy();
    soft.put("failureThreshold", 60);
    assertThat(set(Optional.of(original), Optional.of(soft.toString())).result())
        .isEqualTo(Result.DONE);
    assertThat(probe()).contains(soft);
    assertThat(set(Optional.of(soft.toString()), Optional.empty()).result()).isEqualTo(Result.DONE);
    assertThat(seen().annotations()).containsEntry(KEPT, original);

    set(Optional.empty(), Optional.of(original));
    assertThat(seen().annotations()).doesNotContainKey(KEPT);
  }

  @Test
  void aProbeThatSomebodyEditedIsLeftAloneAndShown() throws Exception {
    Optional<String> original = seen().livenessProbe();
    put("{\"tcpSocket\":{\"port\":1}}");
    Outcome outcome = set(original, Optional.empty());

    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.detail())
        .startsWith("nothing was sent: the deployment is no longer what you saw: ")
        .contains("the liveness probe's httpGet is left out, not {\"")
        .contains("tcpSocket is {\"port\":1}, not left out")
        .doesNotContain("failureThreshold");
    assertThat(practice.requests.writes()).isEmpty();
  }

  @Test
  void aProbeThatSomebodyHasPutThereIsNotOverwritten() throws Exception {
    String original = probe().orElseThrow().toString();
    set(Optional.of(original), Optional.empty());
    put("{\"tcpSocket\":{\"port\":1}}");

    assertThat(set(Optional.empty(), Optional.of(original)).detail())
        .contains("there is a liveness probe now: {", "\"tcpSocket\":{\"port\":1}");
  }

  @Test
  void theServerItselfTestsWhatWasSeen() throws Exception {
    String original = probe().orElseThrow().toString();
    ObjectNode outdated = practice.deployment().deepCopy();
    String patch =
        ObjectPatch.of(request(Optional.of(original), Optional.empty())).patch().apply(outdated);
    put("{\"tcpSocket\":{\"port\":1}}");
    JsonNode before = practice.deployment();

    assertThat(
            connection
                .api()
                .patch(
                    "/apis/apps/v1/namespaces/coder/deployments/coder",
                    patch,
                    KubernetesOperations.LIMIT)
                .get()
                .code())
        .isEqualTo(422);
    assertThat(practice.deployment()).isEqualTo(before);
    for (String tested :
        List.of("/metadata/uid", "/metadata/generation", "/1/name", "/1/livenessProbe")) {
      assertThat(Json.parsed(patch))
          .anyMatch(
              step ->
                  step.path("op").asText().equals("test")
                      && step.path("path").asText().endsWith(tested));
    }
  }

  @Test
  void annotationsThatSomebodyAddsMeanwhileAreNotOverwritten() throws Exception {
    String original = probe().orElseThrow().toString();
    String patch =
        ObjectPatch.of(request(Optional.of(original), Optional.empty()))
            .patch()
            .apply(practice.deployment());
    annotate("theirs", "stays");

    assertThat(
            connection
                .api()
                .patch(
                    "/apis/apps/v1/namespaces/coder/deployments/coder",
                    patch,
                    KubernetesOperations.LIMIT)
                .get()
                .ok())
        .isFalse();
    assertThat(seen().annotations()).containsEntry("theirs", "stays");
  }

  private Outcome set(Optional<String> from, Optional<String> to) {
    return connection.operations().setProbe(request(from, to));
  }

  private ProbeRequest request(Optional<String> from, Optional<String> to) {
    long generation = practice.deployment().at("/metadata/generation").asLong();
    return new ProbeRequest(
        Contexts.in("coder"), "coder", practice.deploymentUid(), generation, "coder", from, to);
  }

  private Optional<JsonNode> probe() {
    return Difference.probe(practice.deployment(), "coder");
  }

  /** As the snapshot has it. */
  private Deployment seen() throws ApiException {
    return DeploymentFacts.of(
        Json.read(practice.deployment(), io.fabric8.kubernetes.api.model.apps.Deployment.class));
  }

  private void put(String probe) {
    practice.edit(
        Resources.DEPLOYMENTS,
        "coder",
        object ->
            ((ObjectNode) object.at("/spec/template/spec/containers/1"))
                .set("livenessProbe", PracticeCluster.object(probe)));
  }

  private void annotate(String name, String value) {
    practice.edit(
        Resources.DEPLOYMENTS,
        "coder",
        object -> ((ObjectNode) object.path("metadata")).putObject("annotations").put(name, value));
  }

  /** All of it but what counts the changes. */
  private static ObjectNode lasting(ObjectNode deployment) {
    ObjectNode copy = deployment.deepCopy();
    ((ObjectNode) copy.path("metadata"))
        .remove(List.of("generation", "managedFields", "resourceVersion"));
    return copy;
  }
}
