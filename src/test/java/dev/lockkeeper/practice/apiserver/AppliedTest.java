package dev.lockkeeper.practice.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Server-side apply, as Helm 4 and {@code kubectl apply --server-side} use it. */
class AppliedTest {
  @TempDir Path directory;
  private Served served;
  private KubernetesClient client;

  @BeforeEach
  void start() throws Exception {
    served = new Served(directory);
    client = served.client(served.admin);
  }

  @AfterEach
  void stop() {
    client.close();
    served.close();
  }

  /** A Deployment as a chart would render it. */
  private static String rendered(int replicas, String image, String more) {
    return """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"coder"},
         "spec":{"replicas":%d,"selector":{"matchLabels":{"app":"web"}},
          "template":{"metadata":{"labels":{"app":"web"}},
           "spec":{"containers":[{"name":"web","image":"%s"%s}]}}}}
        """
        .formatted(replicas, image, more);
  }

  private Deployment apply(String json, boolean force) {
    PatchContext how =
        new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("helm")
            .withForce(force)
            .build();
    return client.resource(Serialization.unmarshal(json, Deployment.class)).patch(how);
  }

  private List<String> managers() {
    return client
        .apps()
        .deployments()
        .inNamespace("coder")
        .withName("web")
        .get()
        .getMetadata()
        .getManagedFields()
        .stream()
        .map(AppliedTest::who)
        .toList();
  }

  private static String who(ManagedFieldsEntry entry) {
    return entry.getManager() + " " + entry.getOperation();
  }

  private ObjectNode stored() {
    return served.store.get(new Key(Resources.DEPLOYMENTS, "coder", "web"));
  }

  private void scale(int replicas) {
    client.apps().deployments().inNamespace("coder").withName("web").scale(replicas);
  }

  @Test
  void whatIsAppliedTwiceIsTheSame() {
    apply(rendered(2, "web:1", ""), false);
    ObjectNode first = stored();

    apply(rendered(2, "web:1", ""), false);

    assertThat(stored()).isEqualTo(first);
    assertThat(managers()).containsExactly("helm Apply");
  }

  @Test
  void whatSomebodyElseScaledIsAConflict() {
    apply(rendered(2, "web:1", ""), false);
    scale(4);

    assertThatThrownBy(() -> apply(rendered(2, "web:2", ""), false))
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refused -> {
              assertThat(refused.getCode()).isEqualTo(409);
              assertThat(refused.getStatus().getMessage())
                  .startsWith("Apply failed with 1 conflict: conflict with \"")
                  .endsWith("\" with subresource \"scale\" using apps/v1: .spec.replicas");
            });
    assertThat(stored().at("/spec/template/spec/containers/0/image").asText()).isEqualTo("web:1");
  }

  @Test
  void theSameAsSomebodyElseSaidIsNone() {
    apply(rendered(2, "web:1", ""), false);
    scale(1);

    apply(rendered(1, "web:2", ""), false);

    assertThat(stored().at("/spec/template/spec/containers/0/image").asText()).isEqualTo("web:2");
    assertThat(managers()).hasSize(2);
  }

  @Test
  void aForcedOneTakesItOver() {
    apply(rendered(2, "web:1", ""), false);
    scale(4);

    apply(rendered(2, "web:2", ""), true);

    assertThat(stored().at("/spec/replicas").asInt()).isEqualTo(2);
    assertThat(managers()).containsExactly("helm Apply");
    apply(rendered(3, "web:2", ""), false);
    assertThat(stored().at("/spec/replicas").asInt()).isEqualTo(3);
  }

  @Test
  void whatIsSaidNoLongerIsRemovedWithItsDefaults() {
    apply(
        rendered(2, "web:1", ",\"livenessProbe\":{\"httpGet\":{\"path\":\"/\",\"port\":80}}"),
        false);
    assertThat(stored().at("/spec/template/spec/containers/0").has("livenessProbe")).isTrue();

    apply(rendered(2, "web:1", ""), false);

    assertThat(stored().at("/spec/template/spec/containers/0").has("livenessProbe")).isFalse();
    assertThat(stored().at("/spec/template/spec/containers/0/image").asText()).isEqualTo("web:1");
  }

  @Test
  void whatOthersAddedStays() {
    apply(rendered(2, "web:1", ""), false);
    client
        .apps()
        .deployments()
        .inNamespace("coder")
        .withName("web")
        .patch(
            PatchContext.of(PatchType.STRATEGIC_MERGE),
            """
            {"metadata":{"annotations":{"me":"here"}},"spec":{"template":{"spec":{"containers":[
              {"name":"web","env":[{"name":"A","value":"b"}]},{"name":"side","image":"side:1"}]}}}}
            """);

    apply(rendered(2, "web:2", ""), false);

    assertThat(stored().at("/metadata/annotations/me").asText()).isEqualTo("here");
    assertThat(stored().at("/spec/template/spec/containers/0/env/0/value").asText()).isEqualTo("b");
    assertThat(stored().at("/spec/template/spec/containers/1/image").asText()).isEqualTo("side:1");
  }

  @Test
  void anImageThatSomebodyElseSetIsNamedByItsPath() {
    apply(rendered(2, "web:1", ""), false);
    client
        .apps()
        .deployments()
        .inNamespace("coder")
        .withName("web")
        .patch(
            PatchContext.of(PatchType.STRATEGIC_MERGE),
            "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"web\",\"image\":\"x\"}]}}}}");

    assertThatThrownBy(() -> apply(rendered(2, "web:2", ""), false))
        .hasMessageContaining(".spec.template.spec.containers[name=\"web\"].image");
  }
}
