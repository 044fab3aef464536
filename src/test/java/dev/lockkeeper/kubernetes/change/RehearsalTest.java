package dev.lockkeeper.kubernetes.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.action.ImageRequest;
import dev.lockkeeper.action.ProbeRequest;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.action.Rehearsal.Verdict;
import dev.lockkeeper.action.ScaleRequest;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.FaultyApi;
import dev.lockkeeper.kubernetes.PracticeCluster;
import dev.lockkeeper.kubernetes.config.Credentials;
import dev.lockkeeper.practice.apiserver.RequestLog;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.snapshot.Contexts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the server says beforehand, of which nothing must be left behind. */
class RehearsalTest {
  private static final String OLD = "ghcr.io/coder/coder:v2.20.0";
  private static final String NEW = "ghcr.io/coder/coder:v2.21.0";
  private static final ScaleRequest SCALE =
      new ScaleRequest(Contexts.in("coder"), "coder", "u1", 3, 0);

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
  void theServerTellsWhatWouldBeDifferentAndKeepsNothing() throws Exception {
    ObjectNode before = practice.deployment();
    long version = practice.store.version();

    assertThat(connection.operations().rehearse(scale(2, 0)))
        .isEqualTo(accepted("replicas 2 -> 0"));
    assertThat(connection.operations().rehearse(image(OLD, NEW)))
        .isEqualTo(accepted("image " + OLD + " -> " + NEW));
    String probe = Difference.probe(before, "coder").orElseThrow().toString();
    assertThat(connection.operations().rehearse(probe(probe)))
        .isEqualTo(
            accepted(
                "livenessProbe " + probe + " -> none",
                "annotation lockkeeper.dev/liveness-probe none -> " + probe));

    assertThat(practice.deployment()).isEqualTo(before);
    assertThat(practice.store.version())
        .as("nothing happened that a watch could show")
        .isEqualTo(version);
    assertThat(practice.requests.writes()).isEmpty();
    assertThat(practice.requests.dryRuns())
        .extracting(RequestLog.Entry::code)
        .containsExactly(200, 200, 200);
  }

  @Test
  void whatTheServerWouldChangeBesidesIsTold() throws Exception {
    String seen = deployment("a", "IfNotPresent");
    try (FaultyApi api = new FaultyApi(seen)) {
      api.on(exchange -> FaultyApi.answer(exchange, 200, deployment("b", "Always")));
      Rehearsal rehearsal =
          api.operations(new Credentials.Fixed(Optional.empty()))
              .rehearse(
                  new ImageRequest(Contexts.in("coder"), "coder", "u1", 4, "coder", "a", "b"));

      assertThat(rehearsal)
          .isEqualTo(
              accepted(
                  "image a -> b",
                  "also changed: spec.template.spec.containers[coder].pullPolicy IfNotPresent ->"
                      + " Always"));
      assertThat(api.writes).singleElement().asString().contains("dryRun=All");
    }
  }

  @Test
  void whatTheServerWouldMakeOtherwiseThanAskedIsTold() throws Exception {
    try (FaultyApi api = new FaultyApi(scaleOf(3))) {
      KubernetesOperations operations = api.operations(new Credentials.Fixed(Optional.empty()));
      api.on(exchange -> FaultyApi.answer(exchange, 200, scaleOf(4)));

      assertThat(operations.rehearse(SCALE))
          .isEqualTo(
              new Rehearsal(
                  Verdict.OTHERWISE,
                  List.of(
                      "replicas becomes 4, and 0 was asked: an admission webhook changes it",
                      "replicas 3 -> 4")));
      assertThat(operations.scale(SCALE).detail())
          .isEqualTo(
              "replicas 3 -> 4; replicas becomes 4, and 0 was asked:"
                  + " an admission webhook changes it");

      api.on(exchange -> FaultyApi.answer(exchange, 200, scaleOf(0)));
      assertThat(operations.rehearse(SCALE)).isEqualTo(accepted("replicas 3 -> 0"));
    }
  }

  @Test
  void anImageThatTheServerWouldRenameIsTold() throws Exception {
    try (FaultyApi api = new FaultyApi(deployment("a", "Always"))) {
      api.on(exchange -> FaultyApi.answer(exchange, 200, deployment("mirror/b", "Always")));
      Rehearsal rehearsal =
          api.operations(new Credentials.Fixed(Optional.empty()))
              .rehearse(
                  new ImageRequest(Contexts.in("coder"), "coder", "u1", 4, "coder", "a", "b"));

      assertThat(rehearsal.verdict()).isEqualTo(Verdict.OTHERWISE);
      assertThat(rehearsal.lines().get(0)).contains("image becomes mirror/b, and b was asked");
    }
  }

  @Test
  void aProbeMayBeCompletedButNotChanged() throws Exception {
    String full = "{\"failureThreshold\":60,\"timeoutSeconds\":1}";
    try (FaultyApi api = new FaultyApi(probed("{\"failureThreshold\":3}"))) {
      ProbeRequest softer =
          new ProbeRequest(
              Contexts.in("coder"),
              "coder",
              "u1",
              4,
              "coder",
              Optional.of("{\"failureThreshold\":3}"),
              Optional.of("{\"failureThreshold\":60}"));
      KubernetesOperations operations = api.operations(new Credentials.Fixed(Optional.empty()));
      api.on(exchange -> FaultyApi.answer(exchange, 200, probed(full)));
      assertThat(operations.rehearse(softer).verdict()).isEqualTo(Verdict.ACCEPTED);

      api.on(exchange -> FaultyApi.answer(exchange, 200, probed(full.replace("60", "6"))));
      assertThat(operations.rehearse(softer).verdict()).isEqualTo(Verdict.OTHERWISE);
    }
  }

  @Test
  void whatIsNoLongerAsSeenWouldBeRefused() {
    Rehearsal rehearsal = connection.operations().rehearse(scale(5, 0));

    assertThat(rehearsal.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(rehearsal.lines())
        .containsExactly("the deployment is no longer what you saw: replicas is 2, not 5");
  }

  @Test
  void whoMayNotWouldBeRefused() throws Exception {
    try (ClusterConnection viewers = practice.connect(practice.viewer)) {
      Rehearsal rehearsal = viewers.operations().rehearse(image(OLD, NEW));
      assertThat(rehearsal.verdict()).isEqualTo(Verdict.REFUSED);
      assertThat(rehearsal.lines().get(0)).startsWith("403: may not patch this").contains("viewer");
    }
  }

  @Test
  void whatIsNotThereWouldBeRefused() {
    practice.store.delete(
        PracticeCluster.key(Resources.DEPLOYMENTS, "coder"),
        dev.lockkeeper.practice.apiserver.Deletion.ordinary());
    assertThat(connection.operations().rehearse(SCALE).verdict()).isEqualTo(Verdict.REFUSED);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "403, admission webhook denied the request, REFUSED",
    "422, the server rejected our request, REFUSED",
    "409, the object has been modified, REFUSED",
    "400, admission webhook x does not support dry run, NOT_ASKED",
    "429, too many requests, NOT_ASKED",
    "500, etcdserver: request timed out, NOT_ASKED",
    "503, shutting down, NOT_ASKED"
  })
  void aRefusalIsTheServersAndAnythingElseIsNoAnswer(int code, String message, Verdict expected)
      throws Exception {
    try (FaultyApi api = new FaultyApi(scaleOf(3))) {
      api.on(exchange -> FaultyApi.answer(exchange, code, FaultyApi.status(code, message)));
      Rehearsal rehearsal = api.operations(new Credentials.Fixed(Optional.empty())).rehearse(SCALE);

      assertThat(rehearsal.verdict()).isEqualTo(expected);
      assertThat(rehearsal.lines()).singleElement().asString().contains(message);
      assertThat(api.writes).hasSize(1);
    }
  }

  @Test
  void aServerThatDoesNotAnswerWasNotAsked() throws Exception {
    practice.close();
    Rehearsal rehearsal = connection.operations().rehearse(scale(2, 0));

    assertThat(rehearsal.verdict()).isEqualTo(Verdict.NOT_ASKED);
    assertThat(rehearsal.lines()).singleElement().asString().contains("does not answer");
  }

  private static Rehearsal accepted(String... lines) {
    return new Rehearsal(Verdict.ACCEPTED, List.of(lines));
  }

  private ScaleRequest scale(int from, int to) {
    return new ScaleRequest(Contexts.in("coder"), "coder", uid(), from, to);
  }

  private ImageRequest image(String from, String to) {
    return new ImageRequest(Contexts.in("coder"), "coder", uid(), generation(), "coder", from, to);
  }

  private ProbeRequest probe(String from) {
    return new ProbeRequest(
        Contexts.in("coder"),
        "coder",
        uid(),
        generation(),
        "coder",
        Optional.of(from),
        Optional.empty());
  }

  private String uid() {
    return practice.deploymentUid();
  }

  private long generation() {
    return practice.deployment().at("/metadata/generation").asLong();
  }

  private static String deployment(String image, String pull) {
    return """
    {"kind":"Deployment","metadata":{"uid":"u1","generation":4},"spec":{"template":{"spec":
      {"containers":[{"name":"coder","image":"%s","pullPolicy":"%s"}]}}}}
    """
        .formatted(image, pull);
  }

  private static String probed(String probe) {
    return """
    {"kind":"Deployment","metadata":{"uid":"u1","generation":4,"annotations":{"a":"b"}},
      "spec":{"template":{"spec":{"containers":[{"name":"coder","livenessProbe":%s}]}}}}
    """
        .formatted(probe);
  }

  private static String scaleOf(int replicas) {
    return "{\"kind\":\"Scale\",\"metadata\":{\"uid\":\"u1\"},\"spec\":{\"replicas\":%d}}"
        .formatted(replicas);
  }
}
