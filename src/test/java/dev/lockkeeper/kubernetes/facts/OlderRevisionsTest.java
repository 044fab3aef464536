package dev.lockkeeper.kubernetes.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.action.ForgetRequest;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.PracticeCluster;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.snapshot.Contexts;
import dev.lockkeeper.snapshot.HelmRelease;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The revision behind the newest one, where that is the one that tells. */
class OlderRevisionsTest {
  private static final String LENT = HelmRelease.Lent.of(3, 3).note();

  @TempDir Path directory;
  private PracticeCluster practice;
  private ClusterConnection connection;
  private HelmReleases releases;

  @BeforeEach
  void serve() throws Exception {
    practice = new PracticeCluster(directory);
    connection = practice.connect(practice.admin);
    releases = new HelmReleases(connection.api(), "coder");
  }

  @AfterEach
  void end() throws IOException {
    connection.close();
    practice.close();
  }

  private void revision(int version, String status, String description, int replicas) {
    practice.create(
        """
        {"apiVersion":"v1","kind":"Secret","type":"helm.sh/release.v1",
         "metadata":{"name":"sh.helm.release.v1.prod.v%1$d","namespace":"coder",
           "labels":{"owner":"helm","name":"prod","version":"%1$d","status":"%2$s"}},
         "data":{"release":"%3$s"}}
        """
            .formatted(version, status, record(version, status, description, replicas)));
  }

  private static String record(int version, String status, String description, int replicas) {
    return twice(
        """
        {"name":"prod","namespace":"coder","version":%d,
         "info":{"status":"%s","description":"%s"},
         "chart":{"metadata":{"name":"coder","version":"2.2%1$d.0","appVersion":"2.2%1$d.0"}},
         "config":{"coder":{"replicaCount":%d}}%s}
        """
            .formatted(
                version,
                status,
                description,
                replicas,
                version == 3 ? ",\"apply_method\":\"ssa\"" : ""));
  }

  private static String twice(String text) {
    Base64.Encoder base64 = Base64.getEncoder();
    return base64.encodeToString(base64.encode(text.getBytes(StandardCharsets.UTF_8)));
  }

  private HelmRelease read() {
    return releases.read().join().value().orElseThrow().get(0);
  }

  @Test
  void ofARevisionThatHangsTheLastThatWentThroughIsRead() {
    revision(3, "deployed", "Upgrade complete", 3);
    revision(4, "failed", "no", 9);
    revision(5, "pending-upgrade", "Preparing upgrade", 1);

    HelmRelease.Before before = read().earlier().before().orElseThrow();

    assertThat(before.revision()).isEqualTo(3);
    assertThat(before.appVersion()).isEqualTo("2.23.0");
    assertThat(before.values().replicas()).isEqualTo(3);
    assertThat(before.serverSide()).isTrue();
    assertThat(before.lent()).isEmpty();
  }

  @Test
  void ofABorrowedRevisionTheOwnerIsRead() {
    revision(2, "superseded", "Upgrade complete", 2);
    revision(3, "superseded", "Upgrade complete", 3);
    revision(4, "deployed", LENT, 1);

    assertThat(read().earlier().before()).map(HelmRelease.Before::revision).contains(3);
  }

  @Test
  void behindAFailureABorrowedRevisionIsKnownAsOne() {
    revision(3, "superseded", "Upgrade complete", 3);
    revision(4, "deployed", LENT, 1);
    revision(5, "failed", "no", 1);

    HelmRelease.Before before = read().earlier().before().orElseThrow();

    assertThat(before.revision()).as("to which helm rollback leads").isEqualTo(4);
    assertThat(before.lent()).contains(HelmRelease.Lent.of(3, 3));
  }

  @Test
  void aCopyOfABorrowedRevisionIsKnownAsOne() {
    revision(4, "superseded", LENT, 1);
    revision(5, "superseded", "no", 1);
    revision(6, "deployed", "Rollback to 4", 1);

    assertThat(read().earlier().before()).flatMap(HelmRelease.Before::lent).isPresent();
  }

  @Test
  void whatWentThroughNeedsNoOther() {
    revision(3, "superseded", "Upgrade complete", 3);
    revision(4, "deployed", "Upgrade complete", 2);

    assertThat(read().earlier().before()).isEmpty();
    assertThat(practice.requests.entries()).noneMatch(entry -> entry.path().endsWith("prod.v3"));
  }

  /** The newest one does not change, and so would never be read again. */
  @Test
  void whatCouldNotBeReadIsReadAgain() {
    revision(3, "deployed", "Upgrade complete", 3);
    String good = secret(3).at("/data/release").asText();
    put(3, "bm8=");
    revision(4, "failed", "no", 1);
    assertThat(read().earlier().before()).isEmpty();

    put(3, good);

    assertThat(read().earlier().before()).map(HelmRelease.Before::revision).contains(3);
    long asked = gets();
    assertThat(read().earlier().before()).map(HelmRelease.Before::revision).contains(3);
    assertThat(gets()).as("and then no more").isEqualTo(asked);
  }

  @Test
  void aRevisionThatIsForgottenLeavesTheOneBefore() {
    revision(3, "deployed", "Upgrade complete", 3);
    revision(4, "pending-upgrade", "Preparing upgrade", 1);
    HelmRelease hanging = read();
    assertThat(hanging.info().record().name()).isEqualTo("sh.helm.release.v1.prod.v4");
    assertThat(hanging.info().record().uid()).isEqualTo(secret(4).at("/metadata/uid").asText());
    assertThat(hanging.info().record().resourceVersion())
        .isEqualTo(secret(4).at("/metadata/resourceVersion").asText());

    connection
        .operations()
        .forget(
            new ForgetRequest(
                Contexts.in("coder"), "prod", 4, hanging.status(), hanging.info().record()));

    HelmRelease left = read();
    assertThat(left.revision()).isEqualTo(3);
    assertThat(left.deployed()).isTrue();
    assertThat(left.earlier().history())
        .isEqualTo(List.of(new HelmRelease.Revision(3, "deployed")));
    assertThat(left.earlier().before()).isEqualTo(Optional.empty());
  }

  private ObjectNode secret(int version) {
    return practice.store.get(
        PracticeCluster.key(Resources.SECRETS, "sh.helm.release.v1.prod.v" + version));
  }

  private void put(int version, String release) {
    practice.edit(
        Resources.SECRETS,
        "sh.helm.release.v1.prod.v" + version,
        secret -> secret.withObject("/data").put("release", release));
  }

  private long gets() {
    return practice.requests.entries().stream()
        .filter(entry -> entry.verb().equals("get"))
        .filter(entry -> entry.path().contains("/secrets/"))
        .count();
  }
}
