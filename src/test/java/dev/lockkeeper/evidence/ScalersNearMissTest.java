package dev.lockkeeper.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.action.HoldScaler;
import dev.lockkeeper.action.Plan;
import dev.lockkeeper.action.Proposal;
import dev.lockkeeper.action.ReleaseScaler;
import dev.lockkeeper.diagnosis.Advice;
import dev.lockkeeper.diagnosis.Certainty;
import dev.lockkeeper.diagnosis.Finding;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.kubernetes.ScalerScenes;
import dev.lockkeeper.practice.apiserver.Key;
import dev.lockkeeper.practice.apiserver.Resource;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.Write;
import dev.lockkeeper.snapshot.Scaler;
import dev.lockkeeper.snapshot.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What looks like something that scales Coder back, and what does. Each scene is one thing away
 * from its twin, over HTTP.
 */
@Execution(ExecutionMode.CONCURRENT)
class ScalersNearMissTest {
  private static final String TRACKING = "coder:apps/Deployment:coder/coder";
  private static final String HEALS = "automated sync, selfHeal";

  @TempDir Path directory;

  @Test
  @NearMiss(findings = Kind.SCALED_BACK, acts = "hold-scaler")
  void anAutoscalerOfAnotherDeploymentWithTheSamePrefix() throws Exception {
    try (Look look = scene()) {
      look.cluster.create(
          ScalerScenes.AUTOSCALER.replace(
              "\"kind\":\"Deployment\",\"name\":\"coder\"",
              "\"kind\":\"Deployment\",\"name\":\"coder-workers\""));
      silent(look, read());
    }
    try (Look twin = scene()) {
      twin.cluster.create(ScalerScenes.AUTOSCALER);
      assertThat(holds(twin, "minReplicas").request().summary())
          .isEqualTo("set HorizontalPodAutoscaler coder/coder to minReplicas 1, maxReplicas 1");
    }
  }

  @Test
  @NearMiss(findings = Kind.SCALED_BACK, acts = "hold-scaler")
  void anAutoscalerThatKeepsOneReplica() throws Exception {
    try (Look look = scene()) {
      look.cluster.create(
          ScalerScenes.AUTOSCALER
              .replace("\"minReplicas\":3", "\"minReplicas\":1")
              .replace("\"maxReplicas\":6", "\"maxReplicas\":1"));
      silent(look, told("maxReplicas 1"));
    }
    try (Look twin = scene()) {
      twin.cluster.create(
          ScalerScenes.AUTOSCALER.replace("\"minReplicas\":3", "\"minReplicas\":1"));
      holds(twin, "maxReplicas 6");
    }
  }

  @Test
  @NearMiss(findings = Kind.SCALED_BACK, acts = "hold-scaler")
  void anApplicationThatOnlyHasTheInstanceLabel() throws Exception {
    try (Look look = scene()) {
      ScalerScenes.argo(look.cluster, ScalerScenes.APPLICATION);
      look.cluster.edit(
          Resources.DEPLOYMENTS,
          "coder",
          object ->
              ((ObjectNode) object.path("metadata"))
                  .withObject("/labels")
                  .put("app.kubernetes.io/instance", "coder"));
      silent(look, read());
    }
    try (Look twin = scene()) {
      ScalerScenes.argo(twin.cluster, ScalerScenes.APPLICATION);
      ScalerScenes.track(twin.cluster, TRACKING);
      assertThat(holds(twin, HEALS).undo())
          .contains(" -n argocd patch applications.argoproj.io/coder")
          .contains("{\"automated\":{\"prune\":true,\"selfHeal\":true}}");
    }
  }

  @Test
  @NearMiss(findings = Kind.SCALED_BACK, acts = "hold-scaler")
  void aTrackingIdThatWasCopiedFromAnotherObject() throws Exception {
    try (Look look = scene()) {
      ScalerScenes.argo(look.cluster, ScalerScenes.APPLICATION);
      ScalerScenes.track(look.cluster, "coder:apps/Deployment:staging/coder");
      silent(look, read());
    }
    try (Look twin = scene()) {
      ScalerScenes.argo(twin.cluster, ScalerScenes.APPLICATION);
      ScalerScenes.track(twin.cluster, TRACKING);
      holds(twin, HEALS);
    }
  }

  @Test
  @NearMiss(findings = Kind.SCALED_BACK, acts = "hold-scaler")
  void anApplicationThatIsSyncedByHand() throws Exception {
    try (Look look = scene()) {
      ScalerScenes.argo(
          look.cluster,
          ScalerScenes.APPLICATION.replace(
              "\"automated\":{\"prune\":true,\"selfHeal\":true},", ""));
      ScalerScenes.track(look.cluster, TRACKING);
      silent(look, told("no automated sync"));
      edit(
          look,
          Resources.APPLICATIONS,
          "argocd",
          spec -> spec.withObject("/syncPolicy").putObject("automated").put("selfHeal", true));
      holds(look, HEALS);
    }
  }

  /** A patch of it would be undone, so it is told and nothing is done. */
  @Test
  @NearMiss(acts = "hold-scaler")
  void anApplicationThatAnApplicationSetOwns() throws Exception {
    try (Look look = scene()) {
      ScalerScenes.argo(
          look.cluster,
          ScalerScenes.APPLICATION.replace(
              "\"namespace\":\"argocd\"",
              "\"namespace\":\"argocd\",\"ownerReferences\":[{\"apiVersion\":\"argoproj.io/v1alpha1\","
                  + "\"kind\":\"ApplicationSet\",\"name\":\"fleet\",\"uid\":\"x\"}]"));
      ScalerScenes.track(look.cluster, TRACKING);
      Proposal none = when(look, told("undone by ApplicationSet fleet"));
      assertThat(none.plan()).isEmpty();
      assertThat(none.reason()).contains("cannot be paused from here", "ApplicationSet fleet");
      assertThat(look.found(Kind.SCALED_BACK).advice()).isInstanceOf(Advice.FindOut.class);
    }
    try (Look twin = scene()) {
      ScalerScenes.argo(twin.cluster, ScalerScenes.APPLICATION);
      ScalerScenes.track(twin.cluster, TRACKING);
      holds(twin, HEALS);
    }
  }

  @Test
  @NearMiss(acts = "hold-scaler")
  void anApplicationWhoseParentHeals() throws Exception {
    String child =
        ScalerScenes.APPLICATION.replace(
            "\"namespace\":\"argocd\"",
            "\"namespace\":\"argocd\",\"annotations\":{\"argocd.argoproj.io/tracking-id\":"
                + "\"apps:argoproj.io/Application:argocd/coder\"}");
    String parent = ScalerScenes.APPLICATION.replace("\"name\":\"coder\"", "\"name\":\"apps\"");
    try (Look look = scene()) {
      ScalerScenes.argo(look.cluster, child, parent);
      ScalerScenes.track(look.cluster, TRACKING);
      assertThat(when(look, told("undone by Application apps")).plan()).isEmpty();
    }
    try (Look unread = scene()) {
      ScalerScenes.argo(unread.cluster, child);
      ScalerScenes.track(unread.cluster, TRACKING);
      assertThat(when(unread, told("Application apps, if it heals")).plan()).isEmpty();
    }
    try (Look twin = scene()) {
      ScalerScenes.argo(
          twin.cluster, child, parent.replace("\"selfHeal\":true", "\"selfHeal\":false"));
      ScalerScenes.track(twin.cluster, TRACKING);
      holds(twin, HEALS);
    }
  }

  @Test
  @NearMiss(findings = Kind.SCALED_BACK, acts = "hold-scaler")
  void aHelmReleaseThatIsSuspended() throws Exception {
    try (Look look = scene()) {
      look.cluster.create(
          ScalerScenes.HELM_RELEASE.replace("\"spec\":{", "\"spec\":{\"suspend\":true,"));
      ScalerScenes.label(look.cluster, "helm", "coder");
      silent(look, told("suspended"));
      edit(look, Resources.HELM_RELEASES, "coder", spec -> spec.put("suspend", false));
      Plan plan = holds(look, "takes more than 10m has failed for Flux");
      assertThat(plan.request().summary()).isEqualTo("suspend HelmRelease coder/coder");
      assertThat(look.found(Kind.SCALED_BACK).evidence().get(0).text())
          .contains("rollback to the old image, in the middle of a migration (retries 3)");
    }
  }

  /** That Flux is there does not say that Flux did it; that it says so does. */
  @Test
  void anOlderImageThatFluxSaysItPutBack() throws Exception {
    try (Look look = scene()) {
      look.cluster.create(ScalerScenes.HELM_RELEASE);
      ScalerScenes.label(look.cluster, "helm", "coder");
      look.until(told("10m"));
      Finding older = look.found(Kind.IMAGE_OLDER_THAN_SCHEMA);
      assertThat(older.advice().text()).doesNotContain("Flux", "which this deployment has had");
      look.cluster.store.update(
          new Key(Resources.HELM_RELEASES, "coder", "coder"),
          Write.by("helm-controller"),
          object -> {
            object
                .putObject("status")
                .putArray("conditions")
                .addObject()
                .put("type", "Remediated")
                .put("status", "True")
                .put("reason", "RollbackSucceeded")
                .put("message", "Helm rollback to previous release coder/coder.v3 succeeded");
            return object;
          });
      look.cluster.edit(
          Resources.REPLICASETS,
          "coder-5d",
          object ->
              ((ObjectNode) object.at("/spec/template/spec/containers/0"))
                  .put("image", "ghcr.io/coder/coder:v2.26.0"));
      look.until(
          seen ->
              scalers(Optional.of(seen)).stream().anyMatch(each -> each.reverted().isPresent())
                  && seen.freshCluster()
                      .orElseThrow()
                      .replicaSets()
                      .get(0)
                      .image()
                      .endsWith("v2.26.0"));
      Finding told = look.found(Kind.IMAGE_OLDER_THAN_SCHEMA);
      assertThat(told.evidence())
          .anySatisfy(
              each ->
                  assertThat(each.text())
                      .contains("Flux coder has put it back: RollbackSucceeded"));
      assertThat(told.advice().text())
          .contains("Use v2.26.0, which this deployment has had", "Suspend Flux first");
    }
  }

  /** KEDA would make it anew, so KEDA is what is paused. */
  @Test
  @NearMiss(acts = "hold-scaler")
  void anAutoscalerThatKedaMade() throws Exception {
    try (Look look = scene()) {
      look.cluster.create(ScalerScenes.OF_KEDA);
      Proposal none = when(look, told("made by KEDA's ScaledObject coder-load"));
      assertThat(none.plan()).isEmpty();
      assertThat(none.reason())
          .contains(" -n coder annotate scaledobject/coder-load autoscaling.keda.sh/paused=true");
    }
    try (Look twin = scene()) {
      twin.cluster.create(ScalerScenes.OF_KEDA);
      twin.cluster.create(ScalerScenes.SCALED_OBJECT);
      assertThat(holds(twin, "minReplicaCount 2").request().summary())
          .isEqualTo("pause ScaledObject coder/coder-load");
    }
  }

  /** It rests there, so nothing is urgent; what it would do to one replica is said. */
  @Test
  @NearMiss(findings = Kind.SCALED_BACK)
  void anAutoscalerAtZeroReplicas() throws Exception {
    try (Look look = scene()) {
      ScalerScenes.replicas(look.cluster, 0);
      look.cluster.create(ScalerScenes.AUTOSCALER);
      look.run(run -> run.remembering("replicas", "3"));
      holds(look, "minReplicas 3");
      assertThat(look.found(Kind.SCALED_BACK).urgency())
          .as("its controller has not said that it rests: minReplicas may be 0")
          .isEqualTo(Finding.Urgency.BEWARE);
      ScalerScenes.scaling(look.cluster, "False", "FailedGetResourceMetric");
      look.until(read());
      assertThat(look.found(Kind.SCALED_BACK).urgency())
          .as("without metrics it still keeps to its limits")
          .isEqualTo(Finding.Urgency.BEWARE);
      ScalerScenes.scaling(look.cluster, "False", "ScalingDisabled");
      look.until(read());
      Plan plan = holds(look, "minReplicas 3");
      assertThat(plan.effects().get(0))
          .startsWith("no pod starts: an autoscaler does nothing at 0");
      Finding resting = look.found(Kind.SCALED_BACK);
      assertThat(resting.urgency()).isEqualTo(Finding.Urgency.KNOW);
      assertThat(resting.headline()).contains("does nothing at 0 replicas");
      ScalerScenes.replicas(look.cluster, 1);
      look.until(
          each -> each.freshCluster().orElseThrow().deployment().orElseThrow().replicas() == 1);
      assertThat(look.found(Kind.SCALED_BACK).urgency()).isEqualTo(Finding.Urgency.BEWARE);
    }
  }

  /** Nobody says whether its controller runs; it can be held all the same, with that doubt. */
  @Test
  @NearMiss(findings = Kind.SCALED_BACK)
  void anAutoscalerOfWhichItsControllerSaysNothing() throws Exception {
    try (Look look = scene()) {
      look.cluster.create(ScalerScenes.AUTOSCALER);
      ScalerScenes.scaling(look.cluster, "Unknown", "");
      assertThat(when(look, told("minReplicas 3")).plan()).isPresent();
      Finding found = look.found(Kind.SCALED_BACK);
      assertThat(found.certainty()).isEqualTo(Certainty.LIKELY);
      assertThat(found.alike().get(0)).contains("ScalingActive");
      ScalerScenes.scaling(look.cluster, "False", "FailedGetResourceMetric");
      look.until(read());
      assertThat(look.found(Kind.SCALED_BACK).advice()).isInstanceOf(Advice.Act.class);
    }
  }

  /** What this run did not hold is nothing that it lets go on. */
  @Test
  @NearMiss(acts = {"release-autoscaler", "release-gitops"})
  void oneThatSomebodyElseHolds() throws Exception {
    String held =
        ScalerScenes.AUTOSCALER
            .replace("\"minReplicas\":3", "\"minReplicas\":1")
            .replace("\"maxReplicas\":6", "\"maxReplicas\":1");
    try (Look look = scene()) {
      look.cluster.create(held);
      look.until(told("maxReplicas 1"));
      assertThat(look.proposal(new ReleaseScaler(false)).plan()).isEmpty();
      look.run(run -> run.remembering("scaler:application:argocd/coder", "{}"));
      look.run(run -> run.remembering("scaler:hpa:coder/coder-workers", "{}"));
      assertThat(look.proposal(new ReleaseScaler(false)).plan()).isEmpty();
      assertThat(look.proposal(new ReleaseScaler(true)).plan()).isEmpty();
      look.run(
          run ->
              run.remembering("scaler:hpa:coder/coder", "{\"minReplicas\":3,\"maxReplicas\":6}"));
      assertThat(look.proposal(new ReleaseScaler(false)).plan().orElseThrow().request().command())
          .contains("{\"spec\":{\"minReplicas\":3,\"maxReplicas\":6}}");
    }
  }

  /** Somebody put it back by hand: then nothing is left to be done. */
  @Test
  @NearMiss(acts = {"release-autoscaler", "release-gitops"})
  void oneThatIsSetAsBeforeAlready() throws Exception {
    try (Look look = scene()) {
      look.cluster.create(ScalerScenes.AUTOSCALER);
      ScalerScenes.argo(look.cluster, ScalerScenes.APPLICATION);
      ScalerScenes.track(look.cluster, TRACKING);
      look.run(
          run ->
              run.remembering("scaler:hpa:coder/coder", "{\"minReplicas\":3,\"maxReplicas\":6}")
                  .remembering(
                      "scaler:application:argocd/coder",
                      "{\"automated\":{\"prune\":true,\"selfHeal\":true}}"));
      look.until(told("maxReplicas 6"));
      look.until(told(HEALS));
      assertThat(look.proposal(new ReleaseScaler(false)).plan()).isEmpty();
      assertThat(look.proposal(new ReleaseScaler(true)).plan()).isEmpty();
      edit(look, Resources.AUTOSCALERS, "coder", spec -> spec.put("maxReplicas", 1));
      edit(look, Resources.APPLICATIONS, "argocd", spec -> spec.remove("syncPolicy"));
      look.until(told("maxReplicas 1"));
      look.until(told("no automated sync"));
      assertThat(look.proposal(new ReleaseScaler(false)).plan()).isPresent();
      assertThat(look.proposal(new ReleaseScaler(true)).plan().orElseThrow().effects().get(0))
          .contains("that must name", "already");
    }
  }

  @Test
  @NearMiss(acts = {"release-autoscaler", "release-gitops"})
  void oneOfTheSameNameInAnotherNamespace() throws Exception {
    try (Look look = scene()) {
      look.cluster.create(ScalerScenes.AUTOSCALER);
      ScalerScenes.argo(look.cluster, ScalerScenes.APPLICATION);
      ScalerScenes.track(look.cluster, TRACKING);
      look.run(
          run ->
              run.remembering("scaler:hpa:staging/coder", "{}")
                  .remembering("scaler:application:staging/coder", "{}"));
      look.until(told("maxReplicas 6"));
      look.until(told(HEALS));
      assertThat(look.proposal(new ReleaseScaler(false)).plan()).isEmpty();
      assertThat(look.proposal(new ReleaseScaler(true)).plan()).isEmpty();
      look.run(
          run ->
              run.remembering("scaler:hpa:coder/coder", "{}")
                  .remembering("scaler:application:argocd/coder", "{}"));
      assertThat(look.proposal(new ReleaseScaler(false)).plan()).isPresent();
      assertThat(look.proposal(new ReleaseScaler(true)).plan()).isPresent();
    }
  }

  private Look scene() throws Exception {
    return Look.open(Files.createTempDirectory(directory, "scene"));
  }

  private static void edit(
      Look look, Resource resource, String namespace, Consumer<ObjectNode> change) {
    look.cluster.store.update(
        new Key(resource, namespace, "coder"),
        Write.by("kubectl-edit"),
        object -> {
          change.accept((ObjectNode) object.path("spec"));
          return object;
        });
  }

  /** Everything was read since the scene was made. */
  private static Predicate<Snapshot> read() {
    Instant made = Instant.now();
    return seen ->
        seen.freshCluster()
            .filter(cluster -> cluster.scalers().isKnown())
            .filter(cluster -> cluster.scalers().at().isAfter(made))
            .isPresent();
  }

  private static Predicate<Snapshot> told(String words) {
    return seen ->
        seen.freshCluster()
            .filter(cluster -> cluster.scalers().isKnown())
            .filter(cluster -> Scaler.text(scalers(Optional.of(seen))).contains(words))
            .isPresent();
  }

  private static List<Scaler> scalers(Optional<Snapshot> seen) {
    return seen.flatMap(Snapshot::freshCluster)
        .flatMap(cluster -> cluster.scalers().value())
        .orElse(List.of());
  }

  private static void silent(Look look, Predicate<Snapshot> seen) {
    assertThat(when(look, seen).plan()).isEmpty();
    assertThat(look.finding(Kind.SCALED_BACK)).isEmpty();
  }

  private static Proposal when(Look look, Predicate<Snapshot> seen) {
    look.until(seen);
    return look.proposal(new HoldScaler());
  }

  private static Plan holds(Look look, String words) {
    Plan plan = when(look, told(words)).plan().orElseThrow();
    assertThat(look.found(Kind.SCALED_BACK).advice()).isInstanceOf(Advice.Act.class);
    return plan;
  }
}
