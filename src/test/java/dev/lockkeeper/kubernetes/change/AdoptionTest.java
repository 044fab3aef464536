package dev.lockkeeper.kubernetes.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.action.AdoptRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Outcome.Result;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.action.Rehearsal.Verdict;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.FaultyApi;
import dev.lockkeeper.kubernetes.Observations;
import dev.lockkeeper.kubernetes.PracticeCluster;
import dev.lockkeeper.kubernetes.api.Answer;
import dev.lockkeeper.kubernetes.config.Credentials;
import dev.lockkeeper.kubernetes.watch.ClusterSource;
import dev.lockkeeper.practice.apiserver.Deletion;
import dev.lockkeeper.practice.apiserver.Resource;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Contexts;
import dev.lockkeeper.snapshot.HelmClaim;
import dev.lockkeeper.snapshot.NamedObject;
import dev.lockkeeper.snapshot.ObjectKind;
import dev.lockkeeper.snapshot.ObjectName;
import dev.lockkeeper.snapshot.Observed;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An object that Helm named is looked up and handed over, and nothing else of it is touched. */
class AdoptionTest {
  private static final ObjectName ACCOUNT = new ObjectName("ServiceAccount", "coder", "coder");
  private static final ObjectName SECRET = new ObjectName("Secret", "coder-tls", "coder");
  private static final HelmClaim NOBODYS =
      new HelmClaim(Optional.empty(), Optional.empty(), Optional.empty());
  private static final HelmClaim OURS = HelmClaim.of("prod", "coder");

  @TempDir Path directory;
  private PracticeCluster practice;
  private ClusterConnection connection;

  @BeforeEach
  void start() throws Exception {
    practice = new PracticeCluster(directory);
    connection = practice.connect(practice.operator);
    practice.create(
        """
        {"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"coder","namespace":"coder",
          "ownerReferences":[{"apiVersion":"v1","kind":"ConfigMap","name":"maker","uid":"x"}]}}
        """);
    practice.create(
        """
        {"apiVersion":"v1","kind":"Secret","metadata":{"name":"coder-tls","namespace":"coder",
          "labels":{"team":"red"},"annotations":{"note":"ours"}},"stringData":{"key":"geheim"}}
        """);
  }

  @AfterEach
  void stop() {
    connection.close();
    practice.close();
  }

  private static Resource resource(ObjectName name) {
    return Resources.find("", "v1", ObjectKind.of(name.kind()).orElseThrow().plural())
        .orElseThrow();
  }

  private ObjectNode there(ObjectName name) {
    return practice.store.get(PracticeCluster.key(resource(name), name.name()));
  }

  private AdoptRequest request(ObjectName name, HelmClaim from) {
    return new AdoptRequest(
        Contexts.in("coder"),
        name,
        there(name).at("/metadata/uid").asText(),
        there(name).at("/metadata/resourceVersion").asText(),
        from,
        OURS);
  }

  private void edit(ObjectName name, String map, String key, String value) {
    practice.edit(
        resource(name),
        name.name(),
        object -> ((ObjectNode) object.path("metadata")).withObject("/" + map).put(key, value));
  }

  @Test
  void theEntriesAreSetInOneWriteAndTheOthersStay() {
    assertThat(connection.operations().adopt(request(ACCOUNT, NOBODYS)))
        .isEqualTo(
            Outcome.done(
                "ServiceAccount coder: app.kubernetes.io/managed-by none -> Helm,"
                    + " meta.helm.sh/release-name none -> prod,"
                    + " meta.helm.sh/release-namespace none -> coder"));
    assertThat(NamedObjects.claim(there(ACCOUNT))).isEqualTo(OURS);

    assertThat(connection.operations().adopt(request(SECRET, NOBODYS)).result())
        .isEqualTo(Result.DONE);
    assertThat(NamedObjects.claim(there(SECRET))).isEqualTo(OURS);
    assertThat(there(SECRET).at("/metadata/labels/team").asText()).isEqualTo("red");
    assertThat(there(SECRET).at("/metadata/annotations/note").asText()).isEqualTo("ours");
    assertThat(there(SECRET).at("/data/key").asText()).isNotEmpty();
    assertThat(practice.requests.writes())
        .hasSize(2)
        .allSatisfy(write -> assertThat(write.verb()).isEqualTo("patch"));
  }

  @Test
  void theServerTellsBeforehandWhatWouldBeDifferentAndKeepsNothing() {
    ObjectNode before = there(ACCOUNT);
    Rehearsal rehearsal = connection.operations().rehearse(request(ACCOUNT, NOBODYS));

    assertThat(rehearsal)
        .isEqualTo(
            new Rehearsal(
                Verdict.ACCEPTED,
                List.of(
                    "app.kubernetes.io/managed-by none -> Helm",
                    "annotation meta.helm.sh/release-name none -> prod",
                    "annotation meta.helm.sh/release-namespace none -> coder")));
    assertThat(there(ACCOUNT)).isEqualTo(before);
    assertThat(practice.requests.writes()).isEmpty();
  }

  @Test
  void whatSomebodyElseTookMeanwhileIsLeftToThem() {
    AdoptRequest request = request(ACCOUNT, NOBODYS);
    edit(ACCOUNT, "annotations", HelmClaim.RELEASE, "tools");

    Outcome outcome = connection.operations().adopt(request);
    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.detail())
        .endsWith(
            "ServiceAccount coder is no longer what you saw:"
                + " meta.helm.sh/release-name is tools, not none");
    assertThat(practice.requests.writes()).isEmpty();
  }

  @Test
  void anObjectThatWasMadeAnewIsAnotherOne() {
    AdoptRequest request = request(ACCOUNT, NOBODYS);
    AdoptRequest other =
        new AdoptRequest(
            Contexts.in("coder"), ACCOUNT, "another", request.resourceVersion(), NOBODYS, OURS);

    Outcome outcome = connection.operations().adopt(other);
    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.detail()).contains("another uid");
    assertThat(practice.requests.writes()).isEmpty();
  }

  @Test
  void whatWasWrittenToSinceIsLookedAtAgain() {
    AdoptRequest request = request(ACCOUNT, NOBODYS);
    edit(ACCOUNT, "labels", "team", "red");

    Outcome outcome = connection.operations().adopt(request);
    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.detail()).contains("somebody has just written to it");
  }

  /** One thing at a time is not as it was seen, and only the patch's own tests can tell. */
  @Test
  void theServerItselfTestsEachThingThatWasSeen() throws Exception {
    AdoptRequest seen = request(ACCOUNT, NOBODYS);
    String uid = seen.uid();
    String version = seen.resourceVersion();
    HelmClaim half = new HelmClaim(Optional.of("Me"), Optional.empty(), Optional.empty());

    assertThat(judged(seen)).as("all is as it was seen").isEqualTo(200);
    assertThat(
            judged(
                new AdoptRequest(Contexts.in("coder"), ACCOUNT, "another", version, NOBODYS, OURS)))
        .as("another uid")
        .isEqualTo(422);
    assertThat(judged(new AdoptRequest(Contexts.in("coder"), ACCOUNT, uid, "1", NOBODYS, OURS)))
        .as("another version")
        .isEqualTo(422);
    assertThat(judged(new AdoptRequest(Contexts.in("coder"), ACCOUNT, uid, version, half, OURS)))
        .as("another old value")
        .isEqualTo(422);
  }

  private int judged(AdoptRequest request) throws Exception {
    ObjectPatch change = ObjectPatch.of(request);
    return connection
        .api()
        .patch(
            change.path() + "?dryRun=All",
            change.patch().apply(there(ACCOUNT)),
            KubernetesOperations.LIMIT)
        .get()
        .code();
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 422})
  void aConflictIsExplainedByOneMoreLook(int code) throws Exception {
    try (FaultyApi api = new FaultyApi(account("{}"))) {
      api.on(
          exchange -> {
            api.shown = account("{\"meta.helm.sh/release-name\":\"tools\"}");
            FaultyApi.answer(exchange, code, FaultyApi.status(code, "no"));
          });
      Outcome outcome =
          api.operations(new Credentials.Fixed(Optional.empty()))
              .adopt(new AdoptRequest(Contexts.in("coder"), ACCOUNT, "u1", "9", NOBODYS, OURS));

      assertThat(outcome.result()).isEqualTo(Result.REFUSED);
      assertThat(outcome.detail()).contains("release-name is tools, not none");
      assertThat(api.writes).hasSize(1);
    }
  }

  private static String account(String annotations) {
    return """
    {"kind":"ServiceAccount","metadata":{"uid":"u1","resourceVersion":"9","annotations":%s}}
    """
        .formatted(annotations);
  }

  @Test
  void whoMayNotIsToldWhichRightIsMissing() throws Exception {
    try (FaultyApi api = new FaultyApi(account("{}"))) {
      api.on(exchange -> FaultyApi.answer(exchange, 403, FaultyApi.status(403, "forbidden")));
      Outcome outcome =
          api.operations(new Credentials.Fixed(Optional.empty()))
              .adopt(new AdoptRequest(Contexts.in("coder"), ACCOUNT, "u1", "9", NOBODYS, OURS));

      assertThat(outcome.result()).isEqualTo(Result.REFUSED);
      assertThat(outcome.detail())
          .isEqualTo(
              "403: may not patch this: forbidden; ask for get and patch on serviceaccounts");
    }
    try (ClusterConnection viewers = practice.connect(practice.viewer)) {
      assertThat(viewers.operations().adopt(request(ACCOUNT, NOBODYS)).detail())
          .contains("403: may not get this", "ask for get and patch on serviceaccounts");
    }
    assertThat(practice.requests.writes()).isEmpty();
  }

  @Test
  void whatHelmNamedIsLookedUpOnlyWhenItIsSought() throws Exception {
    Observations seen = new Observations();
    try (ClusterSource source = connection.source()) {
      source.watch(seen);
      seen.known(one -> one.deployment().isPresent());
      assertThat(practice.requests.entries())
          .noneMatch(entry -> entry.path().contains("serviceaccounts"));

      source.seek(Optional.of(ACCOUNT));
      NamedObject.Metadata found =
          named(seen.known(one -> one.helm().named().isKnown())).found().orElseThrow();
      assertThat(found.uid()).isEqualTo(there(ACCOUNT).at("/metadata/uid").asText());
      assertThat(found.claim()).isEqualTo(NOBODYS);
      assertThat(found.owners()).containsExactly("ConfigMap/maker");

      practice.store.delete(PracticeCluster.key(resource(ACCOUNT), "coder"), Deletion.ordinary());
      seen.known(one -> one.helm().named().isKnown() && named(one).found().isEmpty());

      source.seek(Optional.of(new ObjectName("Job", "coder", "coder")));
      seen.known(one -> one.helm().named().isPending());
    }
  }

  private static NamedObject named(Cluster cluster) {
    return cluster.helm().named().value().orElseThrow();
  }

  @Test
  void whatIsInASecretIsNeverAskedFor() throws Exception {
    Answer answer =
        connection
            .api()
            .get(
                NamedObjects.path(SECRET, ObjectKind.SECRET),
                NamedObjects.METADATA_ONLY,
                KubernetesOperations.LIMIT)
            .get();
    assertThat(answer.json().has("metadata")).isTrue();
    assertThat(answer.body()).doesNotContain("data\":{\"key");

    NamedObjects objects = new NamedObjects(connection.api());
    objects.seek(Optional.of(SECRET));
    assertThat(objects.read().get().value()).isPresent();
    connection.operations().rehearse(request(SECRET, NOBODYS));
    connection.operations().adopt(request(SECRET, NOBODYS));
    assertThat(ObjectPatch.of(request(SECRET, NOBODYS)).accept())
        .isEqualTo("application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1");
  }

  @Test
  void aServerThatDoesNotKnowTheKindIsNotTakenForAnAbsentObject() throws Exception {
    NamedObjects objects = new NamedObjects(connection.api());
    objects.seek(Optional.of(new ObjectName("NetworkPolicy", "coder", "coder")));
    Observed<NamedObject> seen = objects.read().get();
    assertThat(seen.value()).isEmpty();

    objects.seek(Optional.of(new ObjectName("ClusterRole", "coder", "")));
    assertThat(objects.read().get().reason()).contains("ClusterRole coder");
  }
}
