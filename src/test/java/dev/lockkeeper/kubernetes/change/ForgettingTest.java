package dev.lockkeeper.kubernetes.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.action.ForgetRequest;
import dev.lockkeeper.action.HelmRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Outcome.Result;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.action.RollbackRequest;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.FaultyApi;
import dev.lockkeeper.kubernetes.PracticeCluster;
import dev.lockkeeper.kubernetes.config.Credentials;
import dev.lockkeeper.practice.apiserver.RequestLog;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.Role;
import dev.lockkeeper.practice.apiserver.User;
import dev.lockkeeper.snapshot.Contexts;
import dev.lockkeeper.snapshot.HelmRelease;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deleting one revision's record, and looking once more before helm is started. */
class ForgettingTest {
  private static final String NAME = "sh.helm.release.v1.prod.v4";

  @TempDir Path directory;
  private final User nobody = User.of("nobody", new Role("coder", List.of()));
  private PracticeCluster practice;

  @BeforeEach
  void serve() throws IOException {
    practice = new PracticeCluster(directory, nobody);
    for (int version = 3; version <= 4; version++) {
      practice.create(
          """
          {"apiVersion":"v1","kind":"Secret","type":"helm.sh/release.v1",
           "metadata":{"name":"sh.helm.release.v1.prod.v%d","namespace":"coder"}}
          """
              .formatted(version));
    }
  }

  @AfterEach
  void end() {
    practice.close();
  }

  private ObjectNode secret() {
    return practice.store.get(PracticeCluster.key(Resources.SECRETS, NAME));
  }

  private boolean there(int version) {
    return practice
        .store
        .find(PracticeCluster.key(Resources.SECRETS, "sh.helm.release.v1.prod.v" + version))
        .isPresent();
  }

  private ForgetRequest seen() {
    return new ForgetRequest(
        Contexts.in("coder"),
        "prod",
        4,
        "pending-upgrade",
        new HelmRelease.Secret(
            NAME,
            secret().at("/metadata/uid").asText(),
            secret().at("/metadata/resourceVersion").asText()));
  }

  private Outcome forget(User user, ForgetRequest request) throws Exception {
    try (ClusterConnection connection = practice.connect(user)) {
      return connection.operations().forget(request);
    }
  }

  private Rehearsal rehearse(User user, ForgetRequest request) throws Exception {
    try (ClusterConnection connection = practice.connect(user)) {
      return connection.operations().rehearse(request);
    }
  }

  private List<RequestLog.Entry> deletions() {
    return practice.requests.entries().stream()
        .filter(entry -> entry.verb().startsWith("delete"))
        .toList();
  }

  @Test
  void oneRecordGoesByOneRequestAndTheOthersStay() throws Exception {
    Outcome outcome = forget(practice.admin, seen());

    assertThat(outcome.result()).as(outcome.detail()).isEqualTo(Result.DONE);
    assertThat(outcome.detail()).isEqualTo("Secret " + NAME + " is gone");
    assertThat(there(4)).isFalse();
    assertThat(there(3)).isTrue();
    assertThat(deletions()).singleElement().extracting(RequestLog.Entry::dryRun).isEqualTo(false);
  }

  @Test
  void itIsAskedForByUidAndVersion() throws Exception {
    try (FaultyApi api = new FaultyApi("{}")) {
      api.on(exchange -> FaultyApi.answer(exchange, 200, "{}"));
      ForgetRequest request = seen();
      KubernetesOperations door = api.operations(new Credentials.Fixed(Optional.of("Bearer t")));
      door.rehearse(request);
      door.forget(request);

      String preconditions =
          "\"preconditions\":{\"uid\":\"%s\",\"resourceVersion\":\"%s\"}"
              .formatted(request.secret().uid(), request.secret().resourceVersion());
      assertThat(api.writes)
          .hasSize(2)
          .allMatch(write -> write.startsWith("DELETE /api/v1/namespaces/coder/secrets/" + NAME))
          .allMatch(write -> write.contains(preconditions));
      assertThat(api.writes.get(0)).contains("\"dryRun\":[\"All\"]");
      assertThat(api.writes.get(1)).doesNotContain("dryRun");
    }
  }

  @Test
  void whatWasWrittenSinceStays() throws Exception {
    ForgetRequest request = seen();
    practice.edit(
        Resources.SECRETS,
        NAME,
        secret -> secret.withObject("/metadata/labels").put("status", "deployed"));

    Outcome outcome = forget(practice.admin, request);

    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.detail()).contains(NAME + " was written since you saw it, and stays");
    assertThat(rehearse(practice.admin, request).verdict()).isEqualTo(Rehearsal.Verdict.REFUSED);
    assertThat(there(4)).isTrue();
  }

  @Test
  void whatIsGoneAlreadyIsSaidToBe() throws Exception {
    ForgetRequest request = seen();
    forget(practice.admin, request);

    Outcome outcome = forget(practice.admin, request);

    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.detail()).contains("404: it is not there");
  }

  @Test
  void aRehearsalLeavesItThere() throws Exception {
    Rehearsal rehearsal = rehearse(practice.admin, seen());

    assertThat(rehearsal.verdict()).isEqualTo(Rehearsal.Verdict.ACCEPTED);
    assertThat(rehearsal.lines()).containsExactly("Secret " + NAME + " would go");
    assertThat(there(4)).isTrue();
    assertThat(deletions()).singleElement().extracting(RequestLog.Entry::dryRun).isEqualTo(true);
  }

  @Test
  void whoMayNotDeleteIsToldWhatIsMissing() throws Exception {
    Outcome outcome = forget(practice.viewer, seen());

    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.detail()).startsWith("403: may not delete this").contains("secrets");
    Rehearsal rehearsal = rehearse(practice.viewer, seen());
    assertThat(rehearsal.verdict()).isEqualTo(Rehearsal.Verdict.REFUSED);
    assertThat(rehearsal.lines()).singleElement().asString().contains("403: may not delete");
    assertThat(there(4)).isTrue();
  }

  private HelmRequest.Seen deployment() {
    return new HelmRequest.Seen(
        "coder",
        practice.deploymentUid(),
        practice.deployment().at("/metadata/generation").asLong(),
        2,
        "ghcr.io/coder/coder:v2.20.0");
  }

  private Optional<String> changed(User user, HelmRequest.Seen seen) throws Exception {
    try (ClusterConnection connection = practice.connect(user)) {
      HelmRequest.Place place = new HelmRequest.Place(Contexts.in("coder"), "prod", 3);
      return connection.operations().changed(new RollbackRequest(place, 3, false, seen));
    }
  }

  @Test
  void theDeploymentThatWasSeenIsTheSame() throws Exception {
    HelmRequest.Seen seen = deployment();
    assertThat(changed(practice.viewer, seen)).isEmpty();

    practice.status(
        Resources.DEPLOYMENTS, "coder", object -> object.withObject("/status").put("replicas", 1));
    assertThat(changed(practice.viewer, seen)).as("nobody wants anything else of it").isEmpty();
  }

  @Test
  void anotherWishIsAnotherDeployment() throws Exception {
    HelmRequest.Seen seen = deployment();
    practice.edit(
        Resources.DEPLOYMENTS, "coder", object -> object.withObject("/spec").put("replicas", 5));

    assertThat(changed(practice.viewer, seen))
        .hasValueSatisfying(
            why ->
                assertThat(why)
                    .startsWith("the deployment is no longer what you saw: its specification was")
                    .contains("generation"));
  }

  @Test
  void oneThatWasMadeAnewIsAnotherOne() throws Exception {
    HelmRequest.Seen seen = deployment();
    HelmRequest.Seen other =
        new HelmRequest.Seen(seen.name(), "another", seen.generation(), 2, seen.image());
    assertThat(changed(practice.viewer, other))
        .hasValueSatisfying(why -> assertThat(why).contains(Difference.ANOTHER));
  }

  @Test
  void oneThatIsGoneAndOneThatWasNotThereAreTold() throws Exception {
    HelmRequest.Seen gone = new HelmRequest.Seen("other", "uid", 1, 2, "image");
    assertThat(changed(practice.viewer, gone))
        .contains("the deployment is no longer what you saw: it is gone");
    assertThat(changed(practice.viewer, HelmRequest.Seen.none("other"))).isEmpty();
    assertThat(changed(practice.viewer, HelmRequest.Seen.none("coder")))
        .contains("the deployment is no longer what you saw: there was none, and now there is");
  }

  @Test
  void whoMayNotLookDoesNotAct() throws Exception {
    for (HelmRequest.Seen seen : List.of(deployment(), HelmRequest.Seen.none("other"))) {
      assertThat(changed(nobody, seen))
          .hasValueSatisfying(why -> assertThat(why).startsWith("403: may not get this"));
    }
  }
}
