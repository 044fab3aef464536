package dev.lockkeeper.kubernetes.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.action.ImageRequest;
import dev.lockkeeper.action.MemoryRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.ProbeRequest;
import dev.lockkeeper.action.ScaleRequest;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.PracticeCluster;
import dev.lockkeeper.practice.apiserver.Deletion;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.Write;
import dev.lockkeeper.snapshot.Contexts;
import dev.lockkeeper.snapshot.Deployment.FieldManager;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What this program changes of a Deployment that Helm applied on the server is Helm's afterwards,
 * so that the next upgrade by Helm goes through without force; what others changed is not.
 */
class OwnershipTest {
  private static final String PROBE = "{\"initialDelaySeconds\":%d,\"tcpSocket\":{\"port\":8080}}";

  @TempDir Path directory;
  private PracticeCluster practice;
  private ClusterConnection connection;
  private KubernetesClient helm;

  @BeforeEach
  void start() throws Exception {
    practice = new PracticeCluster(directory);
    practice.store.delete(PracticeCluster.key(Resources.DEPLOYMENTS, "coder"), Deletion.ordinary());
    connection = practice.connect(practice.operator);
    Path admin = directory.resolve("helm.yaml");
    practice.server.writeKubeconfig(admin, practice.admin);
    helm = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(admin.toFile())).build();
    apply(2, "coder:v1", 10, "1Gi");
  }

  @AfterEach
  void stop() {
    helm.close();
    connection.close();
    practice.close();
  }

  /** As Helm 4 applies what a chart renders: whole, on the server, without force. */
  private void apply(int replicas, String image, int delay, String memory) {
    String rendered =
        """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"coder","namespace":"coder",
          "annotations":{"meta.helm.sh/release-name":"coder","meta.helm.sh/release-namespace":"coder"}},
         "spec":{"replicas":%d,"selector":{"matchLabels":{"app":"coder"}},
          "template":{"metadata":{"labels":{"app":"coder"}},"spec":{"containers":[
           {"name":"coder","image":"%s","livenessProbe":%s,
            "resources":{"limits":{"memory":"%s"}}}]}}}}
        """
            .formatted(replicas, image, PROBE.formatted(delay), memory);
    helm.resource(Serialization.unmarshal(rendered, Deployment.class))
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("helm")
                .withForce(false)
                .build());
  }

  @Test
  void helmUpgradesWithoutForceAfterEachOfOurChanges() {
    assertThat(scale(2, 0)).isEqualTo(Outcome.done("replicas 2 -> 0; Helm owns it as before"));
    assertThat(image("coder:v1", "coder:v2").detail()).endsWith("; Helm owns it as before");
    assertThat(probe(10, 3600).detail()).endsWith("; Helm owns it as before");
    assertThat(memory("1Gi", "2Gi").detail()).endsWith("; Helm owns it as before");
    long generation = generation();

    apply(3, "coder:v3", 20, "4Gi");

    JsonNode spec = practice.deployment().path("spec");
    assertThat(generation()).isEqualTo(generation + 1);
    assertThat(spec.path("replicas").asInt()).isEqualTo(3);
    assertThat(spec.at("/template/spec/containers/0/image").asText()).isEqualTo("coder:v3");
    assertThat(spec.at("/template/spec/containers/0/livenessProbe/initialDelaySeconds").asInt())
        .isEqualTo(20);
    assertThat(spec.at("/template/spec/containers/0/resources/limits/memory").asText())
        .isEqualTo("4Gi");
  }

  /** To give back changes no value, so that nothing is rolled out by it. */
  @Test
  void whatIsGivenBackChangesNoValue() {
    image("coder:v1", "coder:v2");

    assertThat(generation()).isEqualTo(2);
    assertThat(practice.deployment().at("/spec/template/spec/containers/0/image").asText())
        .isEqualTo("coder:v2");
    assertThat(practice.requests.writes())
        .filteredOn(write -> write.path().endsWith("fieldManager=lockkeeper"))
        .hasSize(2);
  }

  @Test
  void whatSomebodyElseHadChangedStaysTheirsAndIsAConflict() {
    edit("coder:mine");
    assertThat(image("coder:mine", "coder:v2").detail()).isEqualTo("image coder:mine -> coder:v2");

    assertThatThrownBy(() -> apply(2, "coder:v3", 10, "1Gi"))
        .hasMessageContaining("conflict with \"lockkeeper\"")
        .hasMessageContaining(".image");
    apply(4, "coder:v2", 10, "1Gi");
  }

  @Test
  void whatIsGivenBackIsOursAloneAndNotWhatOthersEdited() {
    edit("coder:mine");
    assertThat(scale(2, 0).detail()).endsWith("; Helm owns it as before");

    assertThatThrownBy(() -> apply(3, "coder:v3", 10, "1Gi"))
        .hasMessageContaining("1 conflict")
        .hasMessageContaining("conflict with \"kubectl-edit\"");
  }

  /** It compares with its last revision, and not with who owns a field. */
  @Test
  void aHelmThatDoesNotApplyOnTheServerGetsNothing() {
    ObjectNode same = practice.deployment().deepCopy();
    practice.store.delete(PracticeCluster.key(Resources.DEPLOYMENTS, "coder"), Deletion.ordinary());
    practice.create(same.toString());
    assertThat(seen().metadata().managers()).anyMatch(FieldManager::helm);
    int before = practice.requests.writes().size();

    assertThat(image("coder:v1", "coder:v2").detail()).isEqualTo("image coder:v1 -> coder:v2");
    assertThat(practice.requests.writes()).hasSize(before + 1);
  }

  /** Whoever applies it besides, and is not the Helm that keeps it, gets nothing back. */
  @Test
  void anotherOneWhoAppliesGetsNothing() {
    practice.edit(
        Resources.DEPLOYMENTS,
        "coder",
        object -> ((ObjectNode) object.at("/metadata/annotations")).removeAll());
    assertThat(image("coder:v1", "coder:v2").detail()).isEqualTo("image coder:v1 -> coder:v2");
  }

  /** Who would conflict is seen, whatever the program is called that keeps the release. */
  @Test
  void whoOwnsWhatAChartSaysIsSeen() {
    assertThat(seen().besideHelm()).hasValue(List.of());
    edit("coder:mine");
    assertThat(seen().besideHelm().orElseThrow())
        .singleElement()
        .satisfies(other -> assertThat(other.name()).isEqualTo("kubectl-edit"))
        .satisfies(other -> assertThat(other.owns()).containsExactly("image"));
    assertThat(seen().metadata().managers())
        .filteredOn(FieldManager::helm)
        .singleElement()
        .satisfies(
            helms ->
                assertThat(helms.owns())
                    .containsExactly("replicas", "livenessProbe", "memory", "release"));
  }

  private dev.lockkeeper.snapshot.Deployment seen() {
    return DeploymentFacts.of(
        Serialization.unmarshal(practice.deployment().toString(), Deployment.class));
  }

  private void edit(String image) {
    practice.store.update(
        PracticeCluster.key(Resources.DEPLOYMENTS, "coder"),
        Write.by("kubectl-edit"),
        object -> {
          ((ObjectNode) object.at("/spec/template/spec/containers/0")).put("image", image);
          return object;
        });
  }

  private long generation() {
    return practice.deployment().at("/metadata/generation").asLong();
  }

  private Outcome scale(int from, int to) {
    return connection
        .operations()
        .scale(new ScaleRequest(Contexts.in("coder"), "coder", practice.deploymentUid(), from, to));
  }

  private Outcome image(String from, String to) {
    return connection
        .operations()
        .setImage(
            new ImageRequest(
                Contexts.in("coder"),
                "coder",
                practice.deploymentUid(),
                generation(),
                "coder",
                from,
                to));
  }

  private Outcome probe(int from, int to) {
    JsonNode seen = practice.deployment().at("/spec/template/spec/containers/0/livenessProbe");
    ObjectNode wanted = ((ObjectNode) seen).deepCopy().put("initialDelaySeconds", to);
    assertThat(seen.path("initialDelaySeconds").asInt()).isEqualTo(from);
    return connection
        .operations()
        .setProbe(
            new ProbeRequest(
                Contexts.in("coder"),
                "coder",
                practice.deploymentUid(),
                generation(),
                "coder",
                Optional.of(seen.toString()),
                Optional.of(wanted.toString())));
  }

  private Outcome memory(String from, String to) {
    return connection
        .operations()
        .setMemoryLimit(
            new MemoryRequest(
                Contexts.in("coder"),
                "coder",
                practice.deploymentUid(),
                generation(),
                "coder",
                from,
                to));
  }
}
