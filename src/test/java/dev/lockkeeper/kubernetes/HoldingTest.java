package dev.lockkeeper.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Outcome.Result;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.action.ScalerRequest;
import dev.lockkeeper.kubernetes.watch.ClusterSource;
import dev.lockkeeper.practice.apiserver.Key;
import dev.lockkeeper.practice.apiserver.Resource;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Contexts;
import dev.lockkeeper.snapshot.Scaler;
import dev.lockkeeper.snapshot.ScalerObject;
import dev.lockkeeper.snapshot.ScalerObject.Type;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scalers are held and let go on by one patch, which is refused when they are others by then. */
class HoldingTest {
  private static final String TRACKING = "coder:apps/Deployment:coder/coder";

  @TempDir Path directory;
  private PracticeCluster practice;
  private ClusterConnection connection;

  @BeforeEach
  void start() throws Exception {
    practice = new PracticeCluster(directory);
    connection = practice.connect(practice.operator);
  }

  @AfterEach
  void stop() throws Exception {
    connection.close();
    practice.close();
  }

  @Test
  void anAutoscalerGetsOneAsItsLimitsAndThenItsOwn() throws Exception {
    practice.create(ScalerScenes.AUTOSCALER);
    thereAndBack(Resources.AUTOSCALERS, "coder", "coder", "/spec");
  }

  @Test
  void kedaIsPausedByAnAnnotationThatGoesAgain() throws Exception {
    practice.create(ScalerScenes.SCALED_OBJECT);
    ScalerObject seen = only();
    held(seen);
    assertThat(object(Resources.SCALED_OBJECTS, "coder", "coder-load").at("/metadata/annotations"))
        .hasToString("{\"autoscaling.keda.sh/paused\":\"true\"}");
    freed(seen);
    assertThat(object(Resources.SCALED_OBJECTS, "coder", "coder-load").at("/metadata/annotations"))
        .isEmpty();
  }

  @Test
  void anApplicationLosesItsAutomatedSyncAndGetsTheSameBack() throws Exception {
    ScalerScenes.track(practice, TRACKING);
    ScalerScenes.argo(practice, ScalerScenes.APPLICATION);
    thereAndBack(Resources.APPLICATIONS, "argocd", "coder", "/spec");
  }

  @Test
  void aHelmReleaseIsSuspendedAndGoesOn() throws Exception {
    ScalerScenes.label(practice, "helm", "coder");
    practice.create(ScalerScenes.HELM_RELEASE);
    thereAndBack(Resources.HELM_RELEASES, "coder", "coder", "/spec");
  }

  @Test
  void whatSomebodyElseChangedMeanwhileIsLeftAlone() throws Exception {
    practice.create(ScalerScenes.AUTOSCALER);
    ScalerObject seen = only();
    practice.edit(
        Resources.AUTOSCALERS,
        "coder",
        object -> ((ObjectNode) object.path("spec")).put("maxReplicas", 9));
    Outcome outcome = hold(seen);
    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.detail()).contains("maxReplicas 9").contains("not minReplicas 3");
    assertThat(object(Resources.AUTOSCALERS, "coder", "coder").at("/spec/maxReplicas").asInt())
        .isEqualTo(9);
  }

  @Test
  void oneThatWasMadeAnewIsAnotherOne() throws Exception {
    practice.create(ScalerScenes.AUTOSCALER);
    ScalerObject seen = only();
    ScalerObject other =
        new ScalerObject(
            seen.type(),
            seen.namespace(),
            seen.name(),
            "another",
            seen.setting(),
            false,
            Optional.empty());
    assertThat(hold(other).detail()).contains("another uid");
  }

  @Test
  void whoLacksTheRightIsToldWhichAndWhatToPaste() throws Exception {
    practice.create(ScalerScenes.AUTOSCALER);
    ScalerObject seen = only();
    try (ClusterConnection viewing = practice.connect(practice.viewer)) {
      Outcome outcome =
          viewing
              .operations()
              .hold(new ScalerRequest(Contexts.in("coder"), seen, Type.AUTOSCALER.held()));
      assertThat(outcome.result()).isEqualTo(Result.REFUSED);
      assertThat(outcome.detail())
          .contains("403", "ask for get and patch on horizontalpodautoscalers.autoscaling")
          .endsWith(
              "kubectl --context prod-eu -n coder patch horizontalpodautoscalers.autoscaling/coder"
                  + " --type=merge -p '{\"spec\":{\"minReplicas\":1,\"maxReplicas\":1}}'");
    }
  }

  @Test
  void aRehearsalChangesNothing() throws Exception {
    practice.create(ScalerScenes.AUTOSCALER);
    ScalerObject seen = only();
    Rehearsal heard =
        connection
            .operations()
            .rehearse(new ScalerRequest(Contexts.in("coder"), seen, Type.AUTOSCALER.held()));
    assertThat(heard.lines()).contains("minReplicas 3 -> 1", "maxReplicas 6 -> 1");
    assertThat(object(Resources.AUTOSCALERS, "coder", "coder").at("/spec/maxReplicas").asInt())
        .isEqualTo(6);
  }

  private void thereAndBack(Resource resource, String namespace, String name, String place)
      throws Exception {
    String before = object(resource, namespace, name).at(place).toString();
    ScalerObject seen = only();
    held(seen);
    assertThat(object(resource, namespace, name).at(place)).doesNotHaveToString(before);
    freed(seen);
    assertThat(object(resource, namespace, name).at(place))
        .isEqualTo(PracticeCluster.object(before));
  }

  private void held(ScalerObject seen) {
    Outcome outcome = hold(seen);
    assertThat(outcome.result()).as(outcome.detail()).isEqualTo(Result.DONE);
  }

  private Outcome hold(ScalerObject seen) {
    return connection
        .operations()
        .hold(new ScalerRequest(Contexts.in("coder"), seen, seen.type().held()));
  }

  private void freed(ScalerObject seen) {
    ScalerObject now =
        new ScalerObject(
            seen.type(),
            seen.namespace(),
            seen.name(),
            seen.uid(),
            seen.type().held(),
            true,
            Optional.empty());
    Outcome outcome =
        connection.operations().hold(new ScalerRequest(Contexts.in("coder"), now, seen.setting()));
    assertThat(outcome.result()).as(outcome.detail()).isEqualTo(Result.DONE);
  }

  /** The one that the product sees. */
  private ScalerObject only() throws Exception {
    try (ClusterSource source = connection.source()) {
      Observations seen = new Observations();
      source.watch(seen);
      Cluster cluster =
          seen.known(
              one ->
                  one.scalers().value().stream().flatMap(List::stream).anyMatch(HoldingTest::is));
      return cluster.scalers().value().orElseThrow().get(0).object().orElseThrow();
    }
  }

  private static boolean is(Scaler scaler) {
    return scaler.object().isPresent();
  }

  private ObjectNode object(Resource resource, String namespace, String name) {
    return practice.store.get(new Key(resource, namespace, name));
  }
}
