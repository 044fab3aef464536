package dev.lockkeeper.practice.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What fabric8 must find; the same would hold against any cluster. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiContractTest {
  @TempDir static Path directory;

  private Served served;
  private KubernetesClient admin;
  private KubernetesClient operator;

  @BeforeAll
  void start() throws IOException {
    served = new Served(directory);
    admin = served.client(served.admin);
    operator = served.client(served.operator);
  }

  @AfterAll
  void stop() {
    admin.close();
    operator.close();
    served.close();
  }

  @BeforeEach
  void freshDeployment() {
    Key key = new Key(Resources.DEPLOYMENTS, "coder", "coder");
    if (served.store.find(key).isEmpty()) {
      served.store.create(Served.read("deployment.json"));
    }
  }

  @AfterEach
  void clear() {
    for (Resource resource : List.of(Resources.DEPLOYMENTS, Resources.PODS, Resources.EVENTS)) {
      served
          .store
          .list(resource, "coder", any -> true)
          .items()
          .forEach(
              object ->
                  served.store.delete(Key.of(resource, object), Deletion.atOnce(Json.uid(object))));
    }
  }

  private RollableScalableResource<Deployment> coder(KubernetesClient client) {
    return client.apps().deployments().inNamespace("coder").withName("coder");
  }

  private static AbstractThrowableAssert<?, ?> refused(int code, Runnable call) {
    return assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refusal -> assertThat(refusal.getCode()).isEqualTo(code));
  }

  @Test
  void theKubeconfigIsForItsOwnerOnly() throws IOException {
    Path file = served.kubeconfig(served.viewer);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(served.viewer.toString()).doesNotContain(served.viewer.token());
  }

  @Test
  void anUnknownTokenIsUnauthorizedAndAnotherRoleForbidden() {
    try (KubernetesClient nobody = served.client(new User("x", "wrong", List.of()))) {
      refused(401, () -> coder(nobody).get());
    }
    try (KubernetesClient viewer = served.client(served.viewer)) {
      assertThat(coder(viewer).get()).isNotNull();
      refused(403, () -> coder(viewer).scale(0))
          .hasMessageContaining("deployments.apps \"coder\" is forbidden: User \"viewer\" cannot")
          .hasMessageContaining(
              "resource \"deployments/scale\" in API group \"apps\" in the namespace \"coder\"");
    }
    assertThat(
            served
                .store
                .get(new Key(Resources.DEPLOYMENTS, "coder", "coder"))
                .at("/spec/replicas")
                .asInt())
        .isEqualTo(2);
  }

  @Test
  void scaleKeepsTheParentsIdentityAndCountsAGeneration() {
    Deployment before = coder(operator).get();
    var scale = coder(operator).scale();
    assertThat(scale.getMetadata().getUid()).isEqualTo(before.getMetadata().getUid());
    assertThat(scale.getMetadata().getResourceVersion())
        .isEqualTo(before.getMetadata().getResourceVersion());
    coder(operator).scale(5);
    Deployment after = coder(operator).get();
    assertThat(after.getSpec().getReplicas()).isEqualTo(5);
    assertThat(after.getMetadata().getGeneration())
        .isEqualTo(before.getMetadata().getGeneration() + 1);
    assertThat(after.getMetadata().getManagedFields())
        .anyMatch(
            field ->
                "scale".equals(field.getSubresource())
                    && field.getTime() != null
                    && field.getFieldsV1().toString().contains("f:replicas"));
  }

  @Test
  void whoeverChangesAFieldOwnsItAndAFieldThatIsGoneHasNoOwner() {
    var merge = PatchContext.of(PatchType.JSON_MERGE);
    coder(admin).patch(merge, "{\"metadata\":{\"annotations\":{\"probe\":\"mine\"}}}");
    assertThat(owners("f:probe")).hasSize(1);
    coder(admin).patch(merge, "{\"metadata\":{\"annotations\":{\"probe\":null}}}");
    assertThat(owners("f:probe")).isEmpty();
  }

  private List<String> owners(String field) {
    return coder(admin).get().getMetadata().getManagedFields().stream()
        .filter(entry -> entry.getFieldsV1().toString().contains(field))
        .map(ManagedFieldsEntry::getManager)
        .toList();
  }

  @Test
  void aFailedTestOfAJsonPatchIsInvalidAndChangesNothing() {
    String patch =
        """
        [{"op": "test", "path": "/spec/replicas", "value": 9},
         {"op": "replace", "path": "/spec/replicas", "value": 0}]
        """;
    refused(422, () -> coder(operator).patch(PatchContext.of(PatchType.JSON), patch));
    assertThat(coder(operator).get().getSpec().getReplicas()).isEqualTo(2);
    Deployment changed =
        coder(operator).patch(PatchContext.of(PatchType.JSON), patch.replace("9", "2"));
    assertThat(changed.getSpec().getReplicas()).isZero();
  }

  @Test
  void aDryRunAnswersWithTheChangeAndKeepsNothing() {
    Deployment before = coder(operator).get();
    Deployment answered =
        coder(operator)
            .dryRun()
            .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"replicas\":0}}");
    assertThat(answered.getSpec().getReplicas()).isZero();
    assertThat(coder(operator).get()).isEqualTo(before);
    RequestLog.Entry last =
        served.requests.entries().stream()
            .filter(RequestLog.Entry::writes)
            .reduce((a, b) -> b)
            .orElseThrow();
    assertThat(last.dryRun()).isTrue();
    assertThat(last.user()).isEqualTo("operator");
    assertThat(last.body().orElseThrow().at("/spec/replicas").asInt()).isZero();
  }

  @Test
  void strategicPatchesMergeContainersAndMergePatchesReplaceThem() {
    Deployment changed =
        coder(operator)
            .patch(
                PatchContext.of(PatchType.STRATEGIC_MERGE),
                """
                {"spec":{"template":{"spec":{"containers":[
                  {"name":"coder","readinessProbe":null,"image":"coder:2"},
                  {"name":"sidecar","image":"s:1"}]}}}}
                """);
    var containers = changed.getSpec().getTemplate().getSpec().getContainers();
    assertThat(containers).extracting("name").containsExactly("coder", "sidecar");
    assertThat(containers.get(0).getReadinessProbe()).isNull();
    assertThat(containers.get(0).getPorts()).hasSize(1);
    assertThat(changed.getSpec().getReplicas()).isEqualTo(2);
  }

  @Test
  void aStaleVersionIsAConflict() {
    Deployment stale = coder(admin).get();
    coder(admin).scale(3);
    Deployment edited = new DeploymentBuilder(stale).editSpec().withReplicas(0).endSpec().build();
    refused(409, () -> admin.resource(edited).update())
        .hasMessageContaining("the object has been modified");
  }

  @Test
  void statusWritesLeaveTheSpecificationAlone() {
    Deployment before = coder(admin).get();
    Deployment edited =
        new DeploymentBuilder(before)
            .editSpec()
            .withReplicas(9)
            .endSpec()
            .withNewStatus()
            .withReplicas(7)
            .endStatus()
            .build();
    Deployment after = admin.resource(edited).updateStatus();
    assertThat(after.getStatus().getReplicas()).isEqualTo(7);
    assertThat(after.getSpec().getReplicas()).isEqualTo(2);
    assertThat(after.getMetadata().getGeneration()).isEqualTo(before.getMetadata().getGeneration());
  }

  @Test
  void selectorsChoosePodsByLabelsAndFields() {
    served.store.create(Served.pod("one"));
    var pods = admin.pods().inNamespace("coder");
    assertThat(pods.withLabelIn("app.kubernetes.io/name", "coder", "x").list().getItems())
        .hasSize(1);
    assertThat(pods.withLabelNotIn("app.kubernetes.io/name", "coder").list().getItems()).isEmpty();
    assertThat(pods.withField("spec.nodeName", "node-1").list().getItems()).hasSize(1);
    assertThat(pods.withoutField("status.phase", "Running").list().getItems()).isEmpty();
    refused(400, () -> pods.withField("spec.foo", "x").list())
        .hasMessageContaining("field label not supported");
  }

  @Test
  void anInformerSeesWhatComesAndGoes() {
    try (SharedIndexInformer<Pod> informer = operator.pods().inNamespace("coder").inform()) {
      served.store.create(Served.pod("two"));
      await().until(() -> informer.getStore().getByKey("coder/two") != null);
      served.store.delete(new Key(Resources.PODS, "coder", "two"), Deletion.atOnce(""));
      await().until(() -> informer.getStore().getByKey("coder/two") == null);
    }
  }

  @Test
  void aWatchOfForgottenVersionsIsGone() throws InterruptedException {
    String old = admin.pods().inNamespace("coder").list().getMetadata().getResourceVersion();
    served.store.create(Served.pod("three"));
    served.store.compact();
    List<WatcherException> ends = new CopyOnWriteArrayList<>();
    CountDownLatch closed = new CountDownLatch(1);
    Watcher<Pod> watcher =
        new Watcher<>() {
          @Override
          public void eventReceived(Action action, Pod pod) {
            // Nothing but the end matters.
          }

          @Override
          public void onClose(WatcherException why) {
            ends.add(why);
            closed.countDown();
          }
        };
    var options = new ListOptionsBuilder().withResourceVersion(old).build();
    Watch watch = admin.pods().inNamespace("coder").watch(options, watcher);
    assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
    watch.close();
    assertThat(ends.get(0).isHttpGone()).isTrue();
  }

  @Test
  void logsAreOfThisIncarnationOrOfThePreviousOne() {
    String uid = Json.uid(served.store.create(Served.pod("four")));
    var first = served.logs.begin(uid, "coder");
    first.add("old 1");
    first.end();
    var second = served.logs.begin(uid, "coder");
    second.add("new 1");
    second.add("new 2");
    var pod = operator.pods().inNamespace("coder").withName("four");
    assertThat(pod.getLog()).isEqualTo("new 1\nnew 2\n");
    assertThat(pod.tailingLines(1).getLog()).isEqualTo("new 2\n");
    assertThat(pod.terminated().getLog()).isEqualTo("old 1\n");
  }

  @Test
  void aFollowedLogGoesOnUntilTheContainerEnds() throws IOException {
    String uid = Json.uid(served.store.create(Served.pod("five")));
    var log = served.logs.begin(uid, "coder");
    log.add("before");
    try (var watch = operator.pods().inNamespace("coder").withName("five").watchLog();
        var reader =
            new java.io.BufferedReader(
                new java.io.InputStreamReader(watch.getOutput(), StandardCharsets.UTF_8))) {
      assertThat(reader.readLine()).isEqualTo("before");
      log.add("after");
      assertThat(reader.readLine()).isEqualTo("after");
      log.end();
      assertThat(reader.readLine()).isNull();
    }
  }

  @Test
  void leasesAreTakenOnce() {
    Lease lease =
        new LeaseBuilder()
            .withNewMetadata()
            .withName("coder-upgrade")
            .withNamespace("coder")
            .endMetadata()
            .withNewSpec()
            .withHolderIdentity("me")
            .endSpec()
            .build();
    Lease mine = operator.resource(lease).create();
    refused(409, () -> operator.resource(lease).create()).hasMessageContaining("already exists");
    Lease renewed =
        operator
            .resource(
                new LeaseBuilder(mine).editSpec().withLeaseDurationSeconds(9).endSpec().build())
            .update();
    assertThat(renewed.getSpec().getLeaseDurationSeconds()).isEqualTo(9);
    refused(409, () -> operator.resource(mine).update());
  }

  @Test
  void listsComeInPages() {
    for (String name : List.of("a", "b", "c")) {
      served.store.create(Served.pod(name));
    }
    var pods = admin.pods().inNamespace("coder");
    var page = pods.list(new ListOptionsBuilder().withLimit(2L).build());
    assertThat(page.getItems())
        .extracting(pod -> pod.getMetadata().getName())
        .containsExactly("a", "b");
    assertThat(page.getMetadata().getRemainingItemCount()).isEqualTo(1);
    var rest =
        pods.list(
            new ListOptionsBuilder()
                .withLimit(2L)
                .withContinue(page.getMetadata().getContinue())
                .build());
    assertThat(rest.getItems()).extracting(pod -> pod.getMetadata().getName()).containsExactly("c");
    assertThat(rest.getMetadata().getContinue()).isNull();
  }

  @Test
  void mistakesAreInvalidAndNotFoundIsSaid() {
    refused(
            422,
            () ->
                admin
                    .resource(
                        new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName("Bad_Name")
                            .withNamespace("coder")
                            .endMetadata()
                            .build())
                    .create())
        .hasMessageContaining("a lowercase RFC 1123 subdomain");
    assertThat(admin.raw("/apis/example.com/v1/namespaces/coder/widgets")).isNull();
    assertThat(served.requests.entries())
        .anyMatch(entry -> entry.code() == 404 && entry.path().endsWith("/widgets"));
    assertThat(admin.pods().inNamespace("coder").withName("absent").get()).isNull();
  }

  @Test
  void accessReviewsAnswerAsTheServerActs() {
    var review =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withNamespace("coder")
            .withVerb("patch")
            .withGroup("apps")
            .withResource("deployments")
            .withSubresource("scale")
            .withName("coder")
            .endResourceAttributes()
            .endSpec()
            .build();
    assertThat(operator.resource(review).create().getStatus().getAllowed()).isTrue();
    try (KubernetesClient viewer = served.client(served.viewer)) {
      assertThat(viewer.resource(review).create().getStatus().getAllowed()).isFalse();
    }
  }

  @Test
  void aPodIsReachedThroughTheProxy() throws IOException {
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/api/v2/buildinfo",
        exchange -> {
          byte[] body = "{\"version\":\"v2.20.0\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      served.store.create(Served.pod("six"));
      String path =
          "/api/v1/namespaces/coder/pods/six:%d/proxy/api/v2/buildinfo"
              .formatted(server.getAddress().getPort());
      assertThat(operator.raw(path)).isEqualTo("{\"version\":\"v2.20.0\"}");
    } finally {
      server.stop(0);
    }
    refused(503, () -> operator.raw("/api/v1/namespaces/coder/pods/six:1/proxy/"));
  }
}
