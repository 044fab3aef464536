package dev.lockkeeper.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.action.Action;
import dev.lockkeeper.action.Adopt;
import dev.lockkeeper.action.ForgetRevision;
import dev.lockkeeper.action.HelmUpgrade;
import dev.lockkeeper.action.InstallAgain;
import dev.lockkeeper.action.RollBackRelease;
import dev.lockkeeper.action.UninstallRelease;
import dev.lockkeeper.action.UpgradeCoderV1;
import dev.lockkeeper.helm.HelmConfig;
import dev.lockkeeper.helm.HelmProgram;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.ObjectName;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.ValuesFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What looks like a release that Helm may change, or an object that it may have, and what is one.
 * Several releases stand in one namespace; which is Coder's, its Deployment says.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HelmNearMissTest {
  private static final String V1 = "1.44.0";
  private static final String V2 = "v2.29.2";

  /** The releases that stand here, by what has become of them. */
  private static final String WELL = "well";

  private static final String HANGS = "hangs";
  private static final String FAILED = "failed";
  private static final String FIRST_HANGS = "first-hangs";
  private static final String FIRST_FAILED = "first-failed";
  private static final String LENT = "lent";
  private static final String LENT_FILE = "lent-file";

  private Path directory;
  private Look look;
  private Path values;

  @BeforeAll
  void open(@TempDir Path fresh) throws Exception {
    directory = fresh;
    look = Look.open(directory);
    Releases releases = new Releases(look.cluster);
    releases.add(WELL, 3, "deployed", "Upgrade complete");
    releases.add(HANGS, 3, "deployed", "Upgrade complete");
    releases.add(HANGS, 4, "pending-upgrade", "Preparing upgrade");
    releases.add(FAILED, 3, "superseded", "Upgrade complete");
    releases.add(FAILED, 4, "failed", "timed out");
    releases.add(FIRST_HANGS, 1, "pending-install", "Initial install underway");
    releases.add(FIRST_FAILED, 1, "failed", "timed out");
    releases.add(LENT, 3, "superseded", "Upgrade complete");
    releases.add(LENT, 4, "deployed", HelmRelease.Lent.of(3, 3).note());
    releases.add(LENT_FILE, 3, "superseded", "Upgrade complete");
    releases.add(LENT_FILE, 4, "deployed", byFile());
    account("nobodys", "");
    account("theirs", "other");
    account("ours", WELL);
    look.helm(desk());
    look.until(seen -> seen.freshHelm().filter(Helm::usable).isPresent());
    look.until(
        seen ->
            seen.freshCluster().stream()
                .flatMap(cluster -> cluster.releases().value().stream())
                .anyMatch(all -> all.size() == 7));
  }

  @AfterAll
  void close() throws Exception {
    look.close();
  }

  @BeforeEach
  void beginAnew() throws IOException {
    values = directory.resolve("runs/values-3.yaml");
    Files.deleteIfExists(values);
    look.run(run -> RunFacts.starting(Instant.now(), Optional.of(V2)));
    belongsTo(WELL);
    look.until(seen -> file(seen.freshHelm()).isEmpty());
  }

  @Test
  @NearMiss(acts = "forget-revision")
  void aRevisionThatFailedDoesNotHang() {
    belongsTo(FAILED);
    assertThat(proposed(new ForgetRevision())).isFalse();
    belongsTo(HANGS);
    assertThat(proposed(new ForgetRevision())).isTrue();
  }

  @Test
  @NearMiss(acts = "forget-revision")
  void ofAFirstInstallNothingWouldBeLeft() {
    belongsTo(FIRST_HANGS);
    assertThat(proposed(new ForgetRevision())).isFalse();
    belongsTo(HANGS);
    assertThat(proposed(new ForgetRevision())).isTrue();
  }

  @Test
  @NearMiss(acts = {"forget-revision", "roll-back-release"})
  void whatHangsOrFailedBesideItIsAnotherRelease() {
    belongsTo(WELL);
    assertThat(proposed(new ForgetRevision())).isFalse();
    assertThat(proposed(new RollBackRelease())).isFalse();
    belongsTo(HANGS);
    assertThat(proposed(new ForgetRevision())).isTrue();
    belongsTo(FAILED);
    assertThat(proposed(new RollBackRelease())).isTrue();
  }

  @Test
  @NearMiss(acts = "roll-back-release")
  void afterAFirstInstallThereIsNothingToGoBackTo() {
    belongsTo(FIRST_FAILED);
    assertThat(proposed(new RollBackRelease())).isFalse();
    belongsTo(FAILED);
    assertThat(proposed(new RollBackRelease())).isTrue();
  }

  @Test
  @NearMiss(
      acts = {
        "helm-upgrade",
        "helm-values-back",
        "roll-back-release",
        "uninstall-release",
        "v1-upgrade"
      })
  void aReleaseOfTheSameChartThatTheDeploymentDoesNotName() throws IOException {
    keeps("coder: {replicaCount: 3}");
    for (boolean ours : new boolean[] {false, true}) {
      belongsTo(ours ? FAILED : "");
      assertThat(proposed(new RollBackRelease())).isEqualTo(ours);
      assertThat(proposed(new UninstallRelease())).isEqualTo(ours);
      belongsTo(ours ? WELL : "");
      assertThat(proposed(new HelmUpgrade(true))).isEqualTo(ours);
      assertThat(proposed(new HelmUpgrade(false))).isEqualTo(ours);
      assertThat(v1()).isEqualTo(ours);
    }
  }

  @Test
  @NearMiss(acts = {"helm-upgrade", "helm-values-back", "v1-upgrade"})
  void whoseValuesAreInAFileThatIsNotHere() {
    for (boolean here : new boolean[] {false, true}) {
      belongsTo(here ? LENT : LENT_FILE);
      assertThat(proposed(new HelmUpgrade(true))).isEqualTo(here);
      assertThat(proposed(new HelmUpgrade(false))).isEqualTo(here);
      assertThat(v1()).isEqualTo(here);
    }
  }

  @Test
  @NearMiss(
      acts = {"helm-upgrade", "helm-values-back", "uninstall-release", "v1-install", "v1-upgrade"})
  void aFileThatCannotBeReadHasNoValues() throws IOException {
    look.run(run -> run.remembering(RunFacts.HELM_RELEASE, WELL));
    for (boolean whole : new boolean[] {false, true}) {
      keeps(whole ? "coder: {replicaCount: 3}" : "coder: {");
      assertThat(proposed(new HelmUpgrade(true))).isEqualTo(whole);
      assertThat(proposed(new HelmUpgrade(false))).isEqualTo(whole);
      assertThat(proposed(new UninstallRelease())).isEqualTo(whole);
      assertThat(proposed(new InstallAgain())).isEqualTo(whole);
      assertThat(v1()).isEqualTo(whole);
    }
  }

  @Test
  @NearMiss(acts = {"uninstall-release", "v1-install"})
  void valuesThatNoFileHasGoWithTheRelease() throws IOException {
    look.run(run -> run.remembering(RunFacts.HELM_RELEASE, WELL));
    assertThat(proposed(new UninstallRelease())).isFalse();
    assertThat(proposed(new InstallAgain())).isFalse();
    keeps("coder: {replicaCount: 3}");
    assertThat(proposed(new UninstallRelease())).isTrue();
    assertThat(proposed(new InstallAgain())).isTrue();
  }

  @Test
  @NearMiss(acts = "v1-install")
  void whatThisRunDidNotUninstallIsNotInstalledAgain() throws IOException {
    keeps("coder: {replicaCount: 3}");
    assertThat(proposed(new InstallAgain())).isFalse();
    look.run(run -> run.remembering(RunFacts.HELM_RELEASE, WELL));
    assertThat(proposed(new InstallAgain())).isTrue();
  }

  @Test
  @NearMiss(acts = "v1-upgrade")
  void aTargetOfV2IsNoUpgradeOfV1() {
    assertThat(proposed(new UpgradeCoderV1())).isFalse();
    assertThat(v1()).isTrue();
  }

  @Test
  @NearMiss(acts = "adopt")
  void anObjectOfAnotherReleaseIsNotTaken() {
    assertThat(adopts("theirs")).isFalse();
    assertThat(adopts("nobodys")).isTrue();
  }

  @Test
  @NearMiss(acts = "adopt")
  void anObjectThatIsOursAlreadyIsNotTakenAgain() {
    assertThat(adopts("ours")).isFalse();
    assertThat(adopts("nobodys")).isTrue();
  }

  @Test
  @NearMiss(acts = "adopt")
  void anObjectThatIsGoneIsMadeByHelm() {
    assertThat(adopts("gone")).isFalse();
    assertThat(adopts("nobodys")).isTrue();
  }

  private boolean proposed(Action action) {
    return look.proposal(action).plan().isPresent();
  }

  /** Whether an upgrade of v1 would be proposed, with a target of v1. */
  private boolean v1() {
    look.run(run -> run.remembering(RunFacts.TARGET, V1));
    boolean proposed = proposed(new UpgradeCoderV1());
    look.run(run -> run.remembering(RunFacts.TARGET, V2));
    return proposed;
  }

  /** Whether this one would be, once Helm has named it and it was looked up. */
  private boolean adopts(String name) {
    ObjectName sought = new ObjectName("ServiceAccount", name, "coder");
    look.run(
        run ->
            run.remembering(
                RunFacts.HELM_REFUSED,
                "ServiceAccount \"%s\" in namespace \"coder\" exists and cannot be imported"
                    .formatted(name)));
    look.seek(sought);
    look.until(
        seen ->
            seen.freshCluster().stream()
                .flatMap(cluster -> cluster.helm().named().value().stream())
                .anyMatch(found -> found.name().equals(sought)));
    return proposed(new Adopt());
  }

  /** The Deployment says that it is this release's; of none where the name is empty. */
  private void belongsTo(String release) {
    look.cluster.edit(
        Resources.DEPLOYMENTS,
        "coder",
        object -> {
          ObjectNode annotations = object.withObject("/metadata/annotations");
          if (release.isEmpty()) {
            annotations.remove(HelmRelease.NOTED);
          } else {
            annotations.put(HelmRelease.NOTED, release);
          }
        });
    look.until(seen -> noted(seen.freshCluster()).equals(release));
  }

  private static String noted(Optional<Cluster> cluster) {
    return cluster
        .flatMap(Cluster::deployment)
        .map(seen -> seen.annotations().getOrDefault(HelmRelease.NOTED, ""))
        .orElse("?");
  }

  /** Writes the file of the values, and waits until it is seen. */
  private void keeps(String text) throws IOException {
    Files.createDirectories(values.getParent());
    Files.writeString(values, text);
    Predicate<ValuesFile> asWritten = file -> file.usable() == text.endsWith("}");
    look.until(seen -> file(seen.freshHelm()).filter(asWritten).isPresent());
  }

  private static Optional<ValuesFile> file(Optional<Helm> helm) {
    return helm.flatMap(Helm::values);
  }

  /** Values that were changed for a migration, and are in a file with another digest. */
  private static String byFile() {
    ValuesFile file =
        new ValuesFile(
            "/home/op/values.yaml",
            Optional.empty(),
            true,
            "0123456789abcdef",
            "",
            HelmRelease.Values.NONE);
    return HelmRelease.Lent.of(file, 3).note();
  }

  private void account(String name, String release) {
    String claim =
        release.isEmpty()
            ? ""
            : """
            ,"labels":{"app.kubernetes.io/managed-by":"Helm"},
            "annotations":{"meta.helm.sh/release-name":"%s","meta.helm.sh/release-namespace":"coder"}
            """
                .formatted(release);
    look.cluster.create(
        """
        {"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"%s","namespace":"coder"%s}}
        """
            .formatted(name, claim));
  }

  /** A helm of the operator's own, of which a plan asks no more than its version. */
  private HelmConfig desk() throws IOException {
    Path helm = directory.resolve("helm");
    Files.writeString(helm, "#!/bin/sh\n[ \"$1\" = version ] && echo v3.19.0\n");
    Files.setPosixFilePermissions(helm, PosixFilePermissions.fromString("rwx------"));
    return new HelmConfig(
        Optional.of(new HelmProgram(Optional.of(helm))),
        directory.resolve("runs"),
        "https://charts.example.invalid",
        "2.29.2",
        Optional.empty(),
        () -> "");
  }
}
