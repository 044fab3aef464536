package dev.lockkeeper.kubernetes.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.action.ImageRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Outcome.Result;
import dev.lockkeeper.action.ScaleRequest;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.PracticeCluster;
import dev.lockkeeper.kubernetes.api.Answer;
import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.practice.apiserver.Deletion;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.User;
import dev.lockkeeper.snapshot.Contexts;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesOperationsTest {
  private static final String OLD = "ghcr.io/coder/coder:v2.20.0";
  private static final String NEW = "ghcr.io/coder/coder:v2.21.0";

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
  void scalingToZeroAndBackIsOneWriteEach() {
    assertThat(scale(2, 0)).isEqualTo(Outcome.done("replicas 2 -> 0"));
    assertThat(practice.deployment().at("/spec/replicas").asInt(-1)).isZero();
    assertThat(scale(0, 2)).isEqualTo(Outcome.done("replicas 0 -> 2"));
    assertThat(practice.deployment().at("/spec/replicas").asInt(-1)).isEqualTo(2);

    assertThat(practice.requests.writes())
        .hasSize(2)
        .allSatisfy(
            write ->
                assertThat(write.path())
                    .isEqualTo(
                        "/apis/apps/v1/namespaces/coder/deployments/coder/scale?fieldManager=lockkeeper"));
    assertThat(practice.deployment().at("/metadata/managedFields").toString())
        .contains("\"manager\":\"lockkeeper\"");
  }

  @Test
  void aReplicaCountThatSomebodyChangedIsLeftAlone() {
    practice.edit(
        Resources.DEPLOYMENTS,
        "coder",
        object -> ((ObjectNode) object.path("spec")).put("replicas", 1));

    Outcome outcome = scale(2, 0);
    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.detail()).endsWith("replicas is 1, not 2");
    assertThat(practice.deployment().at("/spec/replicas").asInt()).isEqualTo(1);
    assertThat(practice.requests.writes()).isEmpty();
  }

  @Test
  void anotherDeploymentOfTheSameNameIsAnotherTarget() {
    Outcome outcome =
        connection
            .operations()
            .scale(new ScaleRequest(Contexts.in("coder"), "coder", "other-uid", 2, 0));

    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.detail()).contains("another uid");
    assertThat(practice.requests.writes()).isEmpty();
  }

  @Test
  void aDeploymentThatIsGoneIsToldSo() {
    practice.store.delete(PracticeCluster.key(Resources.DEPLOYMENTS, "coder"), Deletion.ordinary());

    assertThat(
            connection
                .operations()
                .scale(new ScaleRequest(Contexts.in("coder"), "coder", "u", 2, 0)))
        .satisfies(outcome -> assertThat(outcome.result()).isEqualTo(Result.REFUSED))
        .satisfies(outcome -> assertThat(outcome.detail()).contains("404"));
  }

  @Test
  void theImageOfTheNamedContainerIsChangedAndNothingElse() {
    Outcome outcome = image(generation(), OLD, NEW);

    assertThat(outcome).isEqualTo(Outcome.done("image %s -> %s".formatted(OLD, NEW)));
    assertThat(practice.deployment().at("/spec/template/spec/containers/1/image").asText())
        .isEqualTo(NEW);
    assertThat(practice.deployment().at("/spec/template/spec/containers/0/image").asText())
        .isEqualTo("proxy:1");
    assertThat(practice.requests.writes()).hasSize(1);
  }

  @Test
  void aSpecificationThatSomebodyChangedIsLeftAlone() {
    long seen = generation();
    practice.edit(
        Resources.DEPLOYMENTS,
        "coder",
        object -> ((ObjectNode) object.path("spec")).put("progressDeadlineSeconds", 900));

    Outcome outcome = image(seen, OLD, NEW);
    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.detail()).contains("generation");
    assertThat(practice.requests.writes()).isEmpty();
  }

  @Test
  void theServerItselfTestsWhatWasSeen() throws Exception {
    // The first read goes to a copy that is out of date, so that only the patch's own tests remain.
    String outdated = practice.deployment().deepCopy().toString();
    practice.edit(
        Resources.DEPLOYMENTS,
        "coder",
        object -> ((ObjectNode) object.at("/spec/template/spec/containers/1")).put("image", "x:1"));
    ObjectNode patched = PracticeCluster.object(outdated);
    String patch =
        ObjectPatch.of(
                new ImageRequest(
                    Contexts.in("coder"),
                    "coder",
                    practice.deploymentUid(),
                    generation(patched),
                    "coder",
                    OLD,
                    NEW))
            .patch()
            .apply(patched);
    Answer answer = send(patch);

    assertThat(answer.code()).isEqualTo(422);
    assertThat(practice.deployment().at("/spec/template/spec/containers/1/image").asText())
        .isEqualTo("x:1");
  }

  /** One thing at a time is not as it was seen, and only the patch's own tests can tell. */
  @Test
  void theServerItselfTestsEachThingThatWasSeen() throws Exception {
    String uid = practice.deploymentUid();
    long now = generation();

    assertThat(judged(scaling(uid, 2))).as("all is as it was seen").isEqualTo(200);
    assertThat(judged(scaling("another", 2))).as("another uid").isEqualTo(422);
    assertThat(judged(scaling(uid, 3))).as("another count").isEqualTo(422);
    assertThat(judged(imaging(uid, now, OLD))).as("all is as it was seen").isEqualTo(200);
    assertThat(judged(imaging("another", now, OLD))).as("another uid").isEqualTo(422);
    assertThat(judged(imaging(uid, now - 1, OLD))).as("another generation").isEqualTo(422);
    assertThat(judged(imaging(uid, now, "x:1"))).as("another image").isEqualTo(422);
  }

  private static ObjectPatch scaling(String uid, int from) {
    return ObjectPatch.of(new ScaleRequest(Contexts.in("coder"), "coder", uid, from, 0));
  }

  private static ObjectPatch imaging(String uid, long generation, String from) {
    return ObjectPatch.of(
        new ImageRequest(Contexts.in("coder"), "coder", uid, generation, "coder", from, NEW));
  }

  /** What the server says to a dry run of the patch, whatever was read before it. */
  private int judged(ObjectPatch change) throws Exception {
    ObjectNode seen = practice.deployment().deepCopy();
    return connection
        .api()
        .patch(
            change.path() + "?dryRun=All", change.patch().apply(seen), KubernetesOperations.LIMIT)
        .get()
        .code();
  }

  @Test
  void whoMayNotChangeItIsToldSo() throws Exception {
    connection.close();
    connection = practice.connect(practice.viewer);

    Outcome outcome = image(generation(), OLD, NEW);
    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.detail()).startsWith("403: may not patch this").contains("viewer");
  }

  @Test
  void aStrangerChangesNothing() throws Exception {
    connection.close();
    connection = practice.connect(new User("stranger", "wrong", java.util.List.of()));

    assertThat(scale(2, 0).detail())
        .isEqualTo("nothing was sent: 401: the token is no longer accepted: renew it, then resume");
  }

  private Answer send(String patch) throws Exception {
    ApiServer api = connection.api();
    return api.patch(
            "/apis/apps/v1/namespaces/coder/deployments/coder",
            patch,
            java.time.Duration.ofSeconds(5))
        .get();
  }

  private Outcome scale(int from, int to) {
    return connection
        .operations()
        .scale(new ScaleRequest(Contexts.in("coder"), "coder", practice.deploymentUid(), from, to));
  }

  private Outcome image(long generation, String from, String to) {
    return connection
        .operations()
        .setImage(
            new ImageRequest(
                Contexts.in("coder"),
                "coder",
                practice.deploymentUid(),
                generation,
                "coder",
                from,
                to));
  }

  private long generation() {
    return generation(practice.deployment());
  }

  private static long generation(ObjectNode deployment) {
    return deployment.at("/metadata/generation").asLong();
  }
}
