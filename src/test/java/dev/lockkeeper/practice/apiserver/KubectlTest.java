package dev.lockkeeper.practice.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.practice.apiserver.Kubectl.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the real kubectl must find. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubectlTest {
  private static final Key CODER = new Key(Resources.DEPLOYMENTS, "coder", "coder");
  @TempDir static Path directory;

  private Served served;
  private Kubectl kubectl;
  private Kubectl viewer;

  @BeforeAll
  void start() throws IOException {
    assumeTrue(Kubectl.installed(), "kubectl is not installed");
    served = new Served(directory);
    kubectl = new Kubectl(served.kubeconfig(served.admin), directory);
    viewer = new Kubectl(served.kubeconfig(served.viewer), directory);
  }

  @AfterAll
  void stop() {
    if (served != null) {
      served.close();
    }
  }

  @BeforeEach
  void fresh() {
    served.store.find(CODER).ifPresent(old -> served.store.delete(CODER, Deletion.ordinary()));
    served.store.create(Served.read("deployment.json"));
  }

  private int replicas() {
    return served.store.get(CODER).at("/spec/replicas").asInt();
  }

  private Result ok(String... arguments) throws IOException, InterruptedException {
    Result result = kubectl.run(arguments);
    assertThat(result.code()).as(result.output()).isZero();
    return result;
  }

  private void refused(Kubectl by, String why, String... arguments)
      throws IOException, InterruptedException {
    Result result = by.run(arguments);
    assertThat(result.code()).as(result.output()).isNotZero();
    assertThat(result.output()).contains(why);
  }

  @Test
  void getShowsTheColumnsOfTheServer() throws Exception {
    served.store.create(Served.pod("columns"));
    assertThat(ok("get", "pods").output())
        .containsPattern("NAME +READY +STATUS +RESTARTS +AGE")
        .containsPattern("columns +0/1 +Running +0 +\\d+s");
    assertThat(ok("get", "deploy,rs").output())
        .containsPattern("NAME +READY +UP-TO-DATE +AVAILABLE +AGE");
    assertThat(ok("get", "deploy", "coder", "-o", "yaml").output()).contains("replicas: 2");
    assertThat(ok("describe", "deploy", "coder").output()).contains("StrategyType");
    assertThat(ok("describe", "pod", "columns").output()).contains("Containers:");
  }

  @Test
  void leasesAreShownWithTheirHolder() throws Exception {
    served.store.create(
        Json.object(
            "apiVersion",
            "coordination.k8s.io/v1",
            "kind",
            "Lease",
            "metadata",
            Json.object("name", "lockkeeper-coder", "namespace", "coder"),
            "spec",
            Json.object("holderIdentity", "ann@bastion run-1")));
    assertThat(ok("get", "lease").output())
        .containsPattern("NAME +HOLDER +AGE")
        .containsPattern("lockkeeper-coder +ann@bastion run-1 +\\d+s");
    assertThat(ok("get", "lease/lockkeeper-coder", "-o", "yaml").output())
        .contains("holderIdentity: ann@bastion run-1");
  }

  @Test
  void scaleHonoursTheReplicaCountThatWasSeen() throws Exception {
    ok("scale", "deploy/coder", "--current-replicas=2", "--replicas=1");
    assertThat(replicas()).isEqualTo(1);
    refused(
        kubectl,
        "Expected replicas",
        "scale",
        "deploy/coder",
        "--current-replicas=2",
        "--replicas=0");
    assertThat(replicas()).isEqualTo(1);
    refused(
        viewer,
        "User \"viewer\" cannot patch resource \"deployments/scale\"",
        "scale",
        "deploy/coder",
        "--replicas=0");
  }

  @Test
  void everyKindOfPatchIsUnderstood() throws Exception {
    ok("patch", "deploy", "coder", "-p", "{\"spec\":{\"replicas\":3}}");
    ok("patch", "deploy", "coder", "--type=merge", "-p", "{\"spec\":{\"replicas\":4}}");
    ok("set", "image", "deploy/coder", "coder=coder:9");
    String patch =
        "[{\"op\":\"test\",\"path\":\"/spec/replicas\",\"value\":%d},"
            + "{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":5}]";
    refused(
        kubectl, "invalid", "patch", "deploy", "coder", "--type=json", "-p", patch.formatted(9));
    assertThat(replicas()).isEqualTo(4);
    ok("patch", "deploy", "coder", "--type=json", "-p", patch.formatted(4));
    assertThat(replicas()).isEqualTo(5);
    assertThat(Json.text(served.store.get(CODER), "/spec/template/spec/containers/0/image"))
        .isEqualTo("coder:9");
  }

  @Test
  void dryRunsPersistNothing() throws Exception {
    ObjectNode before = served.store.get(CODER);
    ok("set", "image", "deploy/coder", "coder=coder:8", "--dry-run=server");
    ok("delete", "deploy", "coder", "--dry-run=server");
    assertThat(served.store.get(CODER)).isEqualTo(before);
  }

  @Test
  void objectsAreAppliedCreatedReplacedAndDeleted() throws Exception {
    Path file = directory.resolve("map.yaml");
    String map =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings}
        data: {a: "%s"}
        """;
    Files.writeString(file, map.formatted("1"));
    ok("apply", "-f", file.toString());
    Files.writeString(file, map.formatted("2"));
    assertThat(ok("apply", "-f", file.toString()).output()).contains("configured");
    assertThat(ok("apply", "--server-side", "--force-conflicts", "-f", file.toString()).output())
        .contains("serverside-applied");
    refused(kubectl, "already exists", "create", "-f", file.toString());
    ok("replace", "-f", file.toString());
    ok("delete", "-f", file.toString());
    refused(kubectl, "not found", "get", "configmap", "settings");
  }

  @Test
  void rightsAreToldAsTheyAre() throws Exception {
    assertThat(ok("auth", "can-i", "delete", "pods").output()).contains("yes");
    refused(viewer, "no", "auth", "can-i", "delete", "pods");
    assertThat(viewer.run("auth", "can-i", "--list").output()).contains("pods");
    refused(kubectl, "Unauthorized", "--token=nobody", "get", "pods");
  }

  @Test
  void logsAreReadAndFollowed() throws Exception {
    String uid = Json.uid(served.store.create(Served.pod("talker")));
    served.logs.begin(uid, "coder").add("earlier");
    Logs.Incarnation log = served.logs.begin(uid, "coder");
    log.add("one");
    log.add("two");
    assertThat(ok("logs", "talker", "--tail=1").output()).isEqualTo("two\n");
    assertThat(ok("logs", "talker", "--previous").output()).isEqualTo("earlier\n");
    Path output = directory.resolve("followed.txt");
    Process follower = kubectl.start(output, "logs", "-f", "talker");
    await().until(() -> Files.readString(output).contains("two"));
    log.add("three");
    await().until(() -> Files.readString(output).contains("three"));
    log.end();
    assertThat(follower.waitFor()).isZero();
  }

  @Test
  void aWatchShowsChangesAndRolloutStatusWaits() throws Exception {
    Path output = directory.resolve("watched.txt");
    Process watcher = kubectl.start(output, "get", "deploy", "coder", "-w");
    await().until(() -> Files.readString(output).contains("0/2"));
    ok("scale", "deploy/coder", "--replicas=7");
    await().until(() -> Files.readString(output).contains("0/7"));
    watcher.destroy();
    Process rollout =
        kubectl.start(directory.resolve("rollout.txt"), "rollout", "status", "deploy/coder");
    served.store.update(CODER, Write.by("test").to("status"), KubectlTest::complete);
    await().atMost(Duration.ofSeconds(60)).until(() -> !rollout.isAlive());
    assertThat(Files.readString(directory.resolve("rollout.txt")))
        .contains("successfully rolled out");
  }

  private static ObjectNode complete(ObjectNode deployment) {
    ObjectNode status = Json.child(deployment, "status");
    status.set("observedGeneration", deployment.at("/metadata/generation"));
    for (String field :
        new String[] {"replicas", "updatedReplicas", "readyReplicas", "availableReplicas"}) {
      status.put(field, 7);
    }
    return deployment;
  }

  @Test
  void selectorsAreHonoured() throws Exception {
    assertThat(
            ok("get", "deploy", "-l", "app.kubernetes.io/name in (coder)", "-o", "name").output())
        .contains("deployment.apps/coder");
    assertThat(ok("get", "events", "--field-selector", "involvedObject.name=coder").output())
        .contains("No resources found");
    refused(kubectl, "field label not supported", "get", "pods", "--field-selector", "spec.x=1");
    refused(kubectl, "the server doesn't have a resource type", "get", "wombats");
  }
}
