package dev.lockkeeper.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.action.ChangeImage;
import dev.lockkeeper.action.SetImage;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.kubernetes.PracticeCluster;
import dev.lockkeeper.postgres.Scene;
import dev.lockkeeper.practice.apiserver.Deletion;
import dev.lockkeeper.practice.apiserver.Key;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.snapshot.RunFacts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What looks like an image that is wrong, or like several, in a database at 362. */
@Execution(ExecutionMode.CONCURRENT)
class ImageNearMissTest {
  private static final String OLDER = "v2.20.0";
  private static final String FITS = "v2.26.6";
  private static final String NEWER = "v2.29.2";

  private static final Key POD = PracticeCluster.key(Resources.PODS, "coder-5d-a");

  @TempDir Path directory;
  private Look look;

  @BeforeEach
  void open() throws Exception {
    look = Look.open(directory);
  }

  @AfterEach
  void close() throws Exception {
    look.close();
  }

  @Test
  @NearMiss(findings = Kind.IMAGE_OLDER_THAN_SCHEMA)
  void aReleaseThatKnowsThisSchemaIsNotOlder() {
    image(FITS);
    assertThat(look.finding(Kind.IMAGE_OLDER_THAN_SCHEMA)).isEmpty();
    image(OLDER);
    assertThat(look.finding(Kind.IMAGE_OLDER_THAN_SCHEMA)).isPresent();
  }

  @Test
  @NearMiss(findings = Kind.IMAGE_OLDER_THAN_SCHEMA)
  void aNumberThatIsNotCodersTellsNothingOfItsImage() throws Exception {
    image(FITS);
    schema("20250101120000");
    assertThat(look.finding(Kind.IMAGE_OLDER_THAN_SCHEMA)).isEmpty();
    assertThat(look.finding(Kind.WRONG_DATABASE)).isPresent();
    schema("401");
    assertThat(look.finding(Kind.IMAGE_OLDER_THAN_SCHEMA)).isPresent();
  }

  @Test
  @NearMiss(findings = Kind.IMAGE_OLDER_THAN_SCHEMA)
  void anotherProgramsTableTellsNothingOfCoders() throws Exception {
    image(FITS);
    String number = "CREATE TABLE billing.schema_migrations (version bigint, dirty boolean)";
    Scene.run(look.database.session(), "CREATE SCHEMA billing; " + number);
    Scene.run(look.database.session(), "INSERT INTO billing.schema_migrations VALUES (401, false)");
    assertThat(look.finding(Kind.IMAGE_OLDER_THAN_SCHEMA)).isEmpty();
    schema("401");
    assertThat(look.finding(Kind.IMAGE_OLDER_THAN_SCHEMA)).isPresent();
  }

  /** So is every old replica that starts again after the new version has migrated. */
  @Test
  @NearMiss(findings = Kind.IMAGE_OLDER_THAN_SCHEMA)
  void anOldReplicaThatIsRefusedHasNotTheImageOfTheDeployment() {
    refused();
    image(FITS);
    assertThat(look.finding(Kind.IMAGE_OLDER_THAN_SCHEMA)).isEmpty();
    image(OLDER);
    assertThat(look.finding(Kind.IMAGE_OLDER_THAN_SCHEMA)).isPresent();
  }

  @Test
  @NearMiss(findings = Kind.MIXED_VERSIONS)
  void aPodWhoseImageDoesNotComeIsNoVersionThatRuns() {
    second(NEWER);
    state("{\"waiting\":{\"reason\":\"ImagePullBackOff\"}}");
    assertThat(look.finding(Kind.MIXED_VERSIONS)).isEmpty();
    state("{\"running\":{\"startedAt\":\"2026-01-02T03:04:05Z\"}}");
    assertThat(look.finding(Kind.MIXED_VERSIONS)).isPresent();
  }

  @Test
  @NearMiss(findings = Kind.MIXED_VERSIONS)
  void aPodOfBeforeThatIsGoingStaysNot() {
    second(NEWER);
    assertThat(look.finding(Kind.MIXED_VERSIONS)).isPresent();
    look.cluster.store.delete(POD, Deletion.ordinary());
    assertThat(look.finding(Kind.MIXED_VERSIONS)).isEmpty();
  }

  @Test
  @NearMiss(findings = Kind.MIXED_VERSIONS)
  void theSameVersionFromAnotherRegistryIsOneVersion() {
    second(OLDER, "registry.example.internal/mirror/coder");
    assertThat(look.finding(Kind.MIXED_VERSIONS)).isEmpty();
    new Pods(look.cluster).forget("coder-5d-b");
    second(NEWER, "registry.example.internal/mirror/coder");
    assertThat(look.finding(Kind.MIXED_VERSIONS)).isPresent();
  }

  @Test
  @NearMiss(acts = "change-image")
  void anImageWithoutAVersionIsNotRetagged() {
    target(NEWER);
    image("latest");
    assertThat(look.proposal(new ChangeImage()).plan()).isEmpty();
    image(FITS);
    assertThat(look.proposal(new ChangeImage()).plan()).isPresent();
  }

  @Test
  @NearMiss(acts = "change-image")
  void theTargetIsNamedAlready() {
    target(NEWER);
    image(NEWER);
    assertThat(look.proposal(new ChangeImage()).plan()).isEmpty();
    image(FITS);
    assertThat(look.proposal(new ChangeImage()).plan()).isPresent();
  }

  @Test
  @NearMiss(acts = "change-image")
  void thereIsNoWayBackToAnOlderRelease() {
    image(FITS);
    second(FITS);
    new Pods(look.cluster).forget("coder-5d-a");
    look.run(run -> run.choosing("scale-to", "one"));
    look.cluster.edit(
        Resources.DEPLOYMENTS,
        "coder",
        object -> ((ObjectNode) object.path("spec")).put("replicas", 1));
    target("v2.25.0");
    assertThat(look.offered("coder-upgrade", "4.2")).isEmpty();
    target(NEWER);
    assertThat(look.offered("coder-upgrade", "4.2")).isPresent();
  }

  @Test
  @NearMiss(acts = "set-image")
  void aReleaseThatIsOlderThanTheSchemaIsNotSet() {
    said("v2.25.0");
    assertThat(look.proposal(new SetImage()).plan()).isEmpty();
    said(FITS);
    assertThat(look.proposal(new SetImage()).plan()).isPresent();
  }

  @Test
  @NearMiss(acts = "set-image")
  void theVersionIsSetAlready() {
    said(FITS);
    image(FITS);
    assertThat(look.proposal(new SetImage()).plan()).isEmpty();
    image(NEWER);
    assertThat(look.proposal(new SetImage()).plan()).isPresent();
  }

  @Test
  @NearMiss(acts = "set-image")
  void aPodThatIsGoingMayStillMigrate() {
    said(FITS);
    look.cluster.edit(
        Resources.DEPLOYMENTS,
        "coder",
        object -> ((ObjectNode) object.path("spec")).put("replicas", 0));
    look.cluster.store.delete(POD, Deletion.ordinary());
    assertThat(look.offered("coder-recovery", "5.5")).isEmpty();
    new Pods(look.cluster).forget("coder-5d-a");
    assertThat(look.offered("coder-recovery", "5.5")).isPresent();
  }

  /** The pod of v2.20.0 says so, and is not Ready. */
  private void refused() {
    String uid = look.cluster.store.get(POD).at("/metadata/uid").asText();
    look.cluster.logs.begin(uid, "coder").add("error: no migration found for version 362");
    look.cluster.status(
        Resources.PODS,
        "coder-5d-a",
        pod -> ((ObjectNode) pod.at("/status/conditions/0")).put("status", "False"));
    look.until(
        seen ->
            seen.freshCluster().stream()
                .flatMap(cluster -> cluster.workload().logs().stream())
                .flatMap(log -> log.tail().value().stream())
                .anyMatch(lines -> lines.toString().contains("no migration found")));
  }

  private void target(String version) {
    look.run(run -> run.remembering(RunFacts.TARGET, version));
  }

  private void said(String version) {
    look.run(run -> run.saying(SetImage.VERSION, version, Instant.now()));
  }

  private void schema(String number) throws Exception {
    Scene.run(look.database.session(), "UPDATE schema_migrations SET version = " + number);
  }

  private void image(String tag) {
    look.cluster.edit(
        Resources.DEPLOYMENTS,
        "coder",
        object ->
            ((ObjectNode) object.at("/spec/template/spec/containers/1"))
                .put("image", "ghcr.io/coder/coder:" + tag));
  }

  private void second(String tag) {
    second(tag, "ghcr.io/coder/coder");
  }

  /** A pod beside the one of v2.20.0. */
  private void second(String tag, String repository) {
    ObjectNode pod = look.cluster.store.get(POD).deepCopy();
    ObjectNode metadata = (ObjectNode) pod.path("metadata");
    metadata.put("name", "coder-5d-b").remove(List.of("uid", "resourceVersion"));
    ((ObjectNode) pod.at("/spec/containers/0")).put("image", repository + ":" + tag);
    look.cluster.store.create(pod);
  }

  private void state(String json) {
    look.cluster.status(
        Resources.PODS,
        "coder-5d-b",
        pod -> {
          ObjectNode container = (ObjectNode) pod.at("/status/containerStatuses/0");
          container.remove("lastState");
          container.set("state", PracticeCluster.object(json));
        });
  }
}
