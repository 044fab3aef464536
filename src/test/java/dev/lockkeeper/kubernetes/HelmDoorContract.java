package dev.lockkeeper.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.action.ForgetRequest;
import dev.lockkeeper.action.HelmRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.action.RollbackRequest;
import dev.lockkeeper.action.UninstallRequest;
import dev.lockkeeper.action.UpgradeRequest;
import dev.lockkeeper.action.ValuesRequest;
import dev.lockkeeper.helm.HelmConfig;
import dev.lockkeeper.helm.HelmProgram;
import dev.lockkeeper.helm.HelmRuns;
import dev.lockkeeper.kubernetes.api.Json;
import dev.lockkeeper.kubernetes.api.Resource;
import dev.lockkeeper.kubernetes.config.ClusterException;
import dev.lockkeeper.kubernetes.config.ClusterOptions;
import dev.lockkeeper.kubernetes.facts.HelmReleases;
import dev.lockkeeper.snapshot.Contexts;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.HelmRelease.Revision;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Sha256;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What must be true between the wizard and a real Helm, whichever Helm it is and whichever cluster:
 * what Helm writes is read, and what the wizard wants of Helm is done.
 *
 * <p>The places are the practice API server, and a namespace of its own on the cluster that
 * LOCKKEEPER_IT_KUBECONFIG names. The Helms are the bundled one, and the operator's own: what
 * {@code -Dlockkeeper.test.helm} names, or the first in PATH.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HelmDoorContract {
  private static final Duration LONG = Duration.ofSeconds(60);

  /** A release that all tests look at and none changes. */
  private static final String BASE = "base";

  private static final String VALUES =
      """
      coder:
        replicaCount: 3
        image: {tag: v2.1.7}
        livenessProbe: {enabled: true, initialDelaySeconds: 90}
        password: canary-51c2
      """;

  private static final String NO_TAG = "coder: {replicaCount: 3}";

  private Path directory;
  private HelmPlace place;
  private HelmProgram program;
  private HelmByHand helm;
  private SmallChart chart;
  private ClusterConnection connection;
  private KubernetesClient client;
  private Instant begun;

  /** Which helm; the test is skipped where there is none. */
  abstract HelmProgram program();

  /** Where; the test is skipped where there is no such cluster. */
  abstract HelmPlace place(Path directory) throws IOException;

  @BeforeAll
  void install(@TempDir Path directory) throws Exception {
    this.directory = directory;
    begun = Instant.now();
    program = program();
    place = place(directory);
    helm = new HelmByHand(program, place, directory);
    chart = new SmallChart();
    connection = connect(place.kubeconfig());
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(place.kubeconfig().toFile()))
            .build();
    helm.install(BASE, VALUES);
  }

  @AfterAll
  void leave() {
    if (connection != null) {
      connection.close();
      client.close();
      chart.close();
    }
    if (place != null) {
      place.close();
    }
  }

  private ClusterConnection connect(Path kubeconfig) throws ClusterException {
    ClusterOptions options =
        new ClusterOptions(
            Optional.of(kubeconfig), Optional.empty(), Optional.of(place.namespace()), BASE);
    return ClusterConnection.open(options, System.getenv());
  }

  private HelmReleases releases() {
    return new HelmReleases(connection.api(), place.namespace());
  }

  private static HelmRelease release(HelmReleases releases, String name) {
    Observed<List<HelmRelease>> seen = releases.read().join();
    assertThat(seen.reason()).isEmpty();
    return named(seen, name).orElseThrow();
  }

  private static Optional<HelmRelease> named(Observed<List<HelmRelease>> seen, String name) {
    return seen.value().orElseThrow().stream().filter(each -> each.name().equals(name)).findFirst();
  }

  private HelmRelease release(String name) {
    return release(releases(), name);
  }

  @Test
  void whatHelmInstalledIsReadAsHelmWroteIt() {
    HelmRelease base = release(BASE);

    assertThat(base.namespace()).isEqualTo(place.namespace());
    assertThat(base.revision()).isEqualTo(1);
    assertThat(base.deployed()).isTrue();
    assertThat(base.pending()).isFalse();
    assertThat(base.chart().name()).isEqualTo(SmallChart.NAME);
    assertThat(base.chart().version()).isEqualTo(SmallChart.OLD);
    assertThat(base.chart().appVersion()).isEqualTo(SmallChart.OLD);
    assertThat(base.info().description()).isEqualTo("Install complete");
    assertThat(base.info().changedAt())
        .isBetween(begun.minusSeconds(1), Instant.now().plusSeconds(1));
    assertThat(base.earlier().history()).containsExactly(new Revision(1, "deployed"));
  }

  @Test
  void ofTheValuesThoseAreKeptThatTheUpgradeTurnsOnAndTheOthersMasked() {
    HelmRelease base = release(BASE);

    assertThat(base.values().replicaCount()).contains(3);
    assertThat(base.values().imageTag()).contains("v2.1.7");
    assertThat(base.values().livenessProbe())
        .isEqualTo(Map.of("enabled", "true", "initialDelaySeconds", "90"));
    assertThat(base.toString()).doesNotContain("canary-51c2");
  }

  @Test
  void aReleaseToWhichNobodyGaveValuesIsOneAllTheSame() throws Exception {
    helm.install("plain", "");

    HelmRelease plain = release("plain");

    assertThat(plain.deployed()).isTrue();
    assertThat(plain.values()).isEqualTo(HelmRelease.Values.NONE);
    helm.uninstall("plain");
  }

  @Test
  void aSecondRevisionIsSeenByWhoSawTheFirst() throws Exception {
    helm.install("second", NO_TAG);
    HelmReleases releases = releases();
    assertThat(release(releases, "second").revision()).isEqualTo(1);

    helm.upgrade("second", "coder: {replicaCount: 2}");

    HelmRelease second = release(releases, "second");
    assertThat(second.revision()).isEqualTo(2);
    assertThat(second.chart().version()).isEqualTo(SmallChart.NEW);
    assertThat(second.values().replicaCount()).contains(2);
    assertThat(second.values().imageTag()).isEmpty();
    assertThat(second.earlier().history())
        .containsExactly(new Revision(2, "deployed"), new Revision(1, "superseded"));
    helm.uninstall("second");
    assertThat(named(releases.read().join(), "second")).isEmpty();
  }

  @Test
  void aHelmThatWasKilledLeavesAPendingRevision() throws Exception {
    helm.install("killed", NO_TAG);
    Process helms = helm.upgradeWithoutEnd("killed", NO_TAG);
    try {
      HelmReleases releases = releases();
      await().atMost(LONG).until(() -> release(releases, "killed").revision() == 2);
      // It waits for replicas that do not come.
      await().atMost(LONG).until(() -> image("killed").endsWith(":v" + SmallChart.NEW));
      assertThat(helms.isAlive()).isTrue();
    } finally {
      helms.destroyForcibly().waitFor();
    }

    HelmRelease killed = release("killed");
    assertThat(killed.pending()).isTrue();
    assertThat(killed.status()).isEqualTo("pending-upgrade");
    assertThat(killed.lastDeployed()).contains(new Revision(1, "deployed"));
    Outcome outcome = run(request(killed, 2, SmallChart.NEW));
    assertThat(outcome.result()).as(outcome.detail()).isEqualTo(Outcome.Result.REFUSED);
    assertThat(outcome.detail()).contains("another operation");
    assertThat(release("killed").earlier().history()).isEqualTo(killed.earlier().history());
    assertThat(killed.earlier().before()).map(HelmRelease.Before::revision).contains(1);
    assertThat(killed.earlier().before())
        .map(HelmRelease.Before::appVersion)
        .contains(SmallChart.OLD);
    forgotten(killed);
  }

  /** What hangs is forgotten, and Helm goes on from the revision before. */
  private void forgotten(HelmRelease killed) throws Exception {
    JsonNode deployment = deployment("killed").path("spec");
    ForgetRequest request =
        new ForgetRequest(
            Contexts.in(place.namespace()),
            "killed",
            killed.revision(),
            killed.status(),
            killed.info().record());
    assertThat(connection.operations().rehearse(request).verdict())
        .isEqualTo(Rehearsal.Verdict.ACCEPTED);
    assertThat(release("killed").pending()).isTrue();

    Outcome forgotten = connection.operations().forget(request);

    assertThat(forgotten.result()).as(forgotten.detail()).isEqualTo(Outcome.Result.DONE);
    HelmRelease left = release("killed");
    assertThat(left.earlier().history()).containsExactly(new Revision(1, "deployed"));
    assertThat(deployment("killed").path("spec")).isEqualTo(deployment);
    assertThat(connection.operations().forget(request).result()).isEqualTo(Outcome.Result.REFUSED);
    Outcome upgraded = run(request(left, 1, SmallChart.NEW));
    assertThat(upgraded.result()).as(upgraded.detail()).isEqualTo(Outcome.Result.DONE);
    assertThat(release("killed").earlier().history())
        .containsExactly(new Revision(2, "deployed"), new Revision(1, "superseded"));
  }

  @Test
  void whatFailedIsSeenAsFailed() throws Exception {
    helm.install("failing", NO_TAG);

    helm.upgradeInVain("failing", NO_TAG);

    HelmRelease failing = release("failing");
    assertThat(failing.status()).isEqualTo("failed");
    assertThat(failing.deployed()).isFalse();
    assertThat(failing.pending()).isFalse();
    assertThat(failing.lastDeployed()).contains(new Revision(1, "deployed"));
    HelmRelease.Before before = failing.earlier().before().orElseThrow();
    assertThat(before.revision()).isEqualTo(1);
    assertThat(before.values().replicaCount()).contains(3);
    rolledBack(failing);
  }

  /** The bundled library knows no rollback: what it does instead is nothing. */
  private void rolledBack(HelmRelease failing) throws Exception {
    RollbackRequest request =
        new RollbackRequest(
            here(failing.name(), failing.revision()),
            1,
            failing.earlier().before().orElseThrow().serverSide(),
            seen(failing.name()));

    Rehearsal rehearsal = runs().rehearse(request);
    Outcome outcome = run(request);

    if (program.path().isEmpty()) {
      assertThat(outcome.result()).as(outcome.detail()).isEqualTo(Outcome.Result.REFUSED);
      assertThat(release(failing.name())).isEqualTo(failing);
      return;
    }
    assertThat(rehearsal.lines())
        .contains(
            "image: %sv%s → %sv%s"
                .formatted(SmallChart.IMAGE, SmallChart.NEW, SmallChart.IMAGE, SmallChart.OLD));
    assertThat(outcome.result()).as(outcome.detail()).isEqualTo(Outcome.Result.DONE);
    HelmRelease back = release(failing.name());
    assertThat(back.deployed()).isTrue();
    assertThat(back.copied()).contains(1);
    assertThat(image(failing.name())).endsWith(":v" + SmallChart.OLD);
  }

  @Test
  void whatIsUninstalledIsInstalledAgainFromTheValuesThatWereKept() throws Exception {
    helm.install("again", VALUES);
    HelmRelease first = release("again");
    Path file = directory.resolve("runs/values-1.yaml");
    Outcome kept = runs().saveValues(new ValuesRequest(here("again", 1), 1, file.toString()));
    assertThat(kept.result()).as(kept.detail()).isEqualTo(Outcome.Result.DONE);
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(file).content().contains("canary-51c2", "replicaCount: 3");

    UninstallRequest request =
        new UninstallRequest(here("again", 1), first.chart().version(), "", seen("again"));
    assertThat(runs().rehearse(request).verdict()).isEqualTo(Rehearsal.Verdict.ACCEPTED);
    assertThat(release("again")).isEqualTo(first);
    assertThat(connection.operations().changed(request)).isEmpty();
    Outcome gone = run(request);
    assertThat(gone.result()).as(gone.detail()).isEqualTo(Outcome.Result.DONE);
    assertThat(named(releases().read().join(), "again")).isEmpty();
    assertThat(connection.operations().changed(request))
        .contains("the deployment is no longer what you saw: it is gone");
    assertThat(run(request).detail()).isEqualTo("the release is not there any more");

    UpgradeRequest install = installing("again", file);
    assertThat(runs().rehearse(install).verdict()).isEqualTo(Rehearsal.Verdict.ACCEPTED);
    assertThat(connection.operations().changed(install)).isEmpty();
    Outcome installed = run(install);
    assertThat(installed.result()).as(installed.detail()).isEqualTo(Outcome.Result.DONE);
    HelmRelease anew = release("again");
    assertThat(anew.earlier().history()).containsExactly(new Revision(1, "deployed"));
    assertThat(anew.values().replicaCount()).contains(3);
    assertThat(anew.chart().version()).isEqualTo(SmallChart.NEW);
    assertThat(run(install).detail()).isEqualTo("the release is at revision 1 and no longer at 0");
  }

  private UpgradeRequest installing(String release, Path file) throws IOException {
    UpgradeRequest.Given given =
        new UpgradeRequest.Given(file.toString(), Sha256.of(Files.readAllBytes(file)).hex());
    return new UpgradeRequest(
        here(release, 0),
        new UpgradeRequest.Chart(chart.repository(), SmallChart.NAME, SmallChart.NEW),
        new UpgradeRequest.Values(
            0, Optional.of(given), Optional.empty(), Optional.empty(), "", false),
        HelmRequest.Seen.none(release),
        1,
        Optional.empty());
  }

  private HelmRequest.Place here(String release, int revision) {
    return new HelmRequest.Place(
        connection.identity().pinned().in(place.namespace()), release, revision);
  }

  @Test
  void garbageIsToldAndDoesNotHideTheOthers() {
    keep(secret("garbage").addToData("release", "bm8gcmVsZWFzZQ==").build());
    try {
      Observed<List<HelmRelease>> seen = releases().read().join();

      assertThat(named(seen, BASE)).isPresent();
      assertThat(named(seen, "garbage")).isEmpty();
      assertThat(seen.isKnown()).isFalse();
      assertThat(seen.reason())
          .isEqualTo("Secret sh.helm.release.v1.garbage.v1 is no Helm release");
    } finally {
      forget();
    }
  }

  @Test
  void moreReleasesThanAnybodyHasAreNotLookedInto() {
    for (int i = 0; i < 13; i++) {
      keep(secret("many-" + i).build());
    }
    try {
      Observed<List<HelmRelease>> seen = releases().read().join();

      assertThat(seen.value()).isEmpty();
      assertThat(seen.reason()).matches("there are 1\\d Helm releases in this namespace");
    } finally {
      forget();
    }
  }

  private static SecretBuilder secret(String release) {
    return new SecretBuilder()
        .withType("helm.sh/release.v1")
        .withNewMetadata()
        .withName("sh.helm.release.v1." + release + ".v1")
        .addToLabels(Map.of("owner", "helm", "name", release, "version", "1"))
        .addToLabels(Map.of("status", "deployed", "contract", "made-up"))
        .endMetadata();
  }

  private void keep(Secret secret) {
    client.secrets().inNamespace(place.namespace()).resource(secret).create();
  }

  private void forget() {
    client.secrets().inNamespace(place.namespace()).withLabel("contract", "made-up").delete();
  }

  @Test
  void whoMayNotListSecretsDoesNotKnow() throws Exception {
    assertThat(readBy(List.of()))
        .isEqualTo(
            "may not list secrets in namespace %s, in which Helm keeps its releases: ask for list and get"
                .formatted(place.namespace()));
  }

  @Test
  void whoMayListSecretsAndNotGetThemIsToldWhichOne() throws Exception {
    assertThat(readBy(List.of("list"))).startsWith("may not get Secret sh.helm.release.v1.");
  }

  /** Why somebody with these rights does not know. */
  private String readBy(List<String> verbs) throws Exception {
    ObjectNode pinned = (ObjectNode) Json.MAPPER.readTree(connection.kubeconfig());
    ObjectNode user = (ObjectNode) pinned.at("/users/0");
    user.putObject("user").put("token", place.tokenFor(verbs));
    Path file = directory.resolve("user.yaml");
    Files.writeString(file, pinned.toString());
    try (ClusterConnection theirs = connect(file)) {
      HelmReleases releases = new HelmReleases(theirs.api(), place.namespace());
      List<String> reasons = new ArrayList<>();
      // A cluster may take a moment until it knows of new rights.
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                Observed<List<HelmRelease>> seen = releases.read().join();
                assertThat(seen.isKnown()).isFalse();
                assertThat(seen.value().orElse(List.of())).isEmpty();
                reasons.add(seen.reason());
                return verbs.isEmpty() || seen.value().isPresent();
              });
      return reasons.get(reasons.size() - 1);
    }
  }

  @Test
  void anUpgradeMakesExactlyOneRevisionWithTheOperatorsValues() throws Exception {
    helm.install("upgraded", NO_TAG);

    Outcome outcome = run(request(release("upgraded"), 1, SmallChart.NEW));

    assertThat(outcome.result()).as(outcome.detail()).isEqualTo(Outcome.Result.DONE);
    HelmRelease upgraded = release("upgraded");
    assertThat(upgraded.earlier().history())
        .containsExactly(new Revision(2, "deployed"), new Revision(1, "superseded"));
    assertThat(upgraded.chart().version()).isEqualTo(SmallChart.NEW);
    assertThat(upgraded.info().description()).isEqualTo("said by the contract");
    assertThat(upgraded.values().replicaCount()).contains(1);
    assertThat(image("upgraded")).isEqualTo(SmallChart.IMAGE + "v" + SmallChart.NEW);
    assertThat(replicas("upgraded")).isEqualTo(1);
  }

  @Test
  void whatSomebodyElseScaledIsTakenBack() throws Exception {
    helm.install("scaled", NO_TAG);
    client.apps().deployments().inNamespace(place.namespace()).withName("scaled").scale(0);
    await().atMost(LONG).until(() -> replicas("scaled") == 0);

    Outcome outcome = run(request(release("scaled"), 1, SmallChart.NEW));

    assertThat(outcome.result()).as(outcome.detail()).isEqualTo(Outcome.Result.DONE);
    assertThat(release("scaled").deployed()).isTrue();
    assertThat(replicas("scaled")).isEqualTo(1);
  }

  @Test
  void anotherRevisionThanWasSeenIsNotUpgraded() throws Exception {
    HelmRelease base = release(BASE);

    Outcome outcome = run(request(base, 2, 1, SmallChart.NEW));

    assertThat(outcome.result()).isEqualTo(Outcome.Result.REFUSED);
    assertThat(outcome.detail()).isEqualTo("the release is at revision 1 and no longer at 2");
    assertThat(release(BASE)).isEqualTo(base);
  }

  @Test
  void whatHelmCannotBeginIsRefusedAndChangesNothing() throws Exception {
    HelmRelease base = release(BASE);

    Outcome outcome = run(request(base, 1, "2.9.9"));

    assertThat(outcome.result()).as(outcome.detail()).isEqualTo(Outcome.Result.REFUSED);
    assertThat(outcome.detail()).startsWith("helm made no new revision: ").contains("2.9.9");
    assertThat(release(BASE)).isEqualTo(base);
  }

  @Test
  void valuesThatCannotBeReadStopItBeforeItBegins() throws Exception {
    HelmRelease base = release(BASE);

    Outcome outcome = run(request(base, 1, 99, SmallChart.NEW));

    assertThat(outcome.result()).as(outcome.detail()).isEqualTo(Outcome.Result.REFUSED);
    assertThat(outcome.detail()).startsWith("the values could not be read: ").contains("not found");
    assertThat(release(BASE)).isEqualTo(base);
  }

  @Test
  void aRehearsalShowsTheDeploymentAndLeavesNothingBehind() throws Exception {
    HelmRelease base = release(BASE);

    Rehearsal rehearsal = runs().rehearse(request(base, 1, SmallChart.NEW));

    assertThat(rehearsal.lines())
        .contains(
            "replicas: 3 → 1",
            "image: stays " + SmallChart.IMAGE + "v2.1.7",
            "livenessProbe: GET /healthz, 3 failures every 10 s, the first one after 90 s",
            "objects of the chart: Deployment");
    assertThat(rehearsal.verdict()).isEqualTo(Rehearsal.Verdict.ACCEPTED);
    assertThat(release(BASE)).isEqualTo(base);
    assertThat(replicas(BASE)).isEqualTo(3);
  }

  @Test
  void aChartThatCannotBeRenderedIsRefusedByTheRehearsal() throws Exception {
    HelmRelease base = release(BASE);

    Rehearsal rehearsal = runs().rehearse(request(base, 1, SmallChart.DEMANDING));

    assertThat(rehearsal.verdict()).as("%s", rehearsal).isEqualTo(Rehearsal.Verdict.REFUSED);
    assertThat(rehearsal.lines()).singleElement().asString().contains(SmallChart.DEMAND);
    assertThat(release(BASE)).isEqualTo(base);
  }

  private JsonNode deployment(String name) throws Exception {
    return connection
        .api()
        .get(Resource.apps(place.namespace(), "deployments").path(name), LONG)
        .get()
        .json();
  }

  private String image(String name) throws Exception {
    return deployment(name).at("/spec/template/spec/containers/0/image").asText();
  }

  private int replicas(String name) throws Exception {
    return deployment(name).at("/spec/replicas").asInt();
  }

  private HelmRuns runs() {
    HelmConfig desk =
        new HelmConfig(
            Optional.of(program),
            directory.resolve("runs"),
            chart.repository(),
            SmallChart.NEW,
            Optional.empty(),
            connection::kubeconfig);
    return new HelmRuns(desk, System.getenv("PATH"));
  }

  private Outcome run(HelmRequest request) {
    return runs().run(request);
  }

  private HelmRequest.Seen seen(String name) throws Exception {
    JsonNode deployment = deployment(name);
    return new HelmRequest.Seen(
        name,
        deployment.at("/metadata/uid").asText(),
        deployment.at("/metadata/generation").asLong(),
        deployment.at("/spec/replicas").asInt(),
        deployment.at("/spec/template/spec/containers/0/image").asText());
  }

  private HelmRequest request(HelmRelease release, int values, String version) throws Exception {
    return request(release, release.revision(), values, version);
  }

  /** An upgrade to one replica, with the values of that revision, if this one is still the last. */
  private HelmRequest request(HelmRelease release, int revision, int values, String version)
      throws Exception {
    return new UpgradeRequest(
        new HelmRequest.Place(
            connection.identity().pinned().in(release.namespace()), release.name(), revision),
        new UpgradeRequest.Chart(chart.repository(), SmallChart.NAME, version),
        new UpgradeRequest.Values(
            values,
            Optional.empty(),
            Optional.of(1),
            Optional.empty(),
            "said by the contract",
            release.serverSide()),
        seen(release.name()),
        1,
        release.values().replicaCount());
  }
}
