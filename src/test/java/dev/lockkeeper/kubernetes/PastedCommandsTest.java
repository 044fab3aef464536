package dev.lockkeeper.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lockkeeper.action.AdoptRequest;
import dev.lockkeeper.action.ForgetRequest;
import dev.lockkeeper.action.ImageRequest;
import dev.lockkeeper.action.LeaseRequest;
import dev.lockkeeper.action.ProbeRequest;
import dev.lockkeeper.action.Request;
import dev.lockkeeper.action.ScaleRequest;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.kubernetes.facts.LeastRightsTest;
import dev.lockkeeper.kubernetes.watch.ClusterSource;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.Role;
import dev.lockkeeper.practice.apiserver.Rule;
import dev.lockkeeper.practice.apiserver.User;
import dev.lockkeeper.reading.StepInfo;
import dev.lockkeeper.snapshot.HelmClaim;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.ObjectName;
import dev.lockkeeper.snapshot.PinnedContext;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is shown as a command is pasted into a real shell with the real kubectl, by somebody who has
 * the rights of docs/lockkeeper-rbac.yaml and whose current context is another one.
 */
class PastedCommandsTest {
  private static final String LEASE = "lockkeeper-coder";

  @TempDir Path directory;
  private PracticeCluster practice;
  private ClusterConnection connection;
  private PinnedContext at;
  private Pasting shell;

  @BeforeEach
  void start() throws Exception {
    assumeThat(Pasting.possible()).as("kubectl is in PATH").isTrue();
    List<Rule> rules = new ArrayList<>(LeastRightsTest.rules());
    rules.add(Rule.of("", List.of("secrets"), "delete"));
    rules.add(Rule.of("", List.of("serviceaccounts"), "get", "patch"));
    User least = User.of("least", new Role("coder", rules));
    practice = new PracticeCluster(directory, least);
    connection = practice.connect(least);
    at = connection.identity().pinned();
    shell = new Pasting(Files.createDirectory(directory.resolve("a home")));
  }

  @AfterEach
  void stop() {
    if (practice != null) {
      connection.close();
      practice.close();
    }
  }

  private int replicas() {
    return practice.deployment().at("/spec/replicas").asInt();
  }

  private ScaleRequest scale(int from, int to) {
    return new ScaleRequest(at, "coder", practice.deploymentUid(), from, to);
  }

  @Test
  void scalingAndItsWayBackLeadWhereTheWizardLooks() throws Exception {
    Request down = scale(2, 0);
    assertThat(down.command())
        .contains("--context ", "--kubeconfig ", "-n coder")
        .endsWith("scale deployment/coder --current-replicas=2 --replicas=0");
    shell.works(down.command());
    assertThat(replicas()).isZero();
    shell.works(down.undo());
    assertThat(replicas()).isEqualTo(2);
  }

  /** The server is not asked for what was not seen. */
  @Test
  void anotherReplicaCountThanTheOneThatWasSeenIsLeftAlone() throws Exception {
    assertThat(shell.result(scale(3, 0).command()).output()).contains("Expected replicas to be 3");
    assertThat(replicas()).isEqualTo(2);
  }

  @Test
  void aHostileImageIsAWordAndNoCommand() throws Exception {
    String hostile = "ghcr.io/x;touch${IFS}f;/coder:v1";
    ImageRequest request =
        new ImageRequest(
            at,
            "coder",
            practice.deploymentUid(),
            1,
            "coder",
            hostile,
            "ghcr.io/coder/coder:v2.29.3");
    shell.works(request.undo());
    assertThat(image()).isEqualTo(hostile);
    assertThat(shell.home().resolve("f")).doesNotExist();
    shell.works(request.command());
    assertThat(image()).isEqualTo("ghcr.io/coder/coder:v2.29.3");
  }

  private String image() {
    return practice.deployment().at("/spec/template/spec/containers/1/image").asText();
  }

  @Test
  void theProbeIsTakenOutAndPutBack() throws Exception {
    String place = "/spec/template/spec/containers/1/livenessProbe";
    Optional<String> before =
        Optional.of("{\"httpGet\":{\"path\":\"/healthz\",\"port\":\"http\"}}");
    ProbeRequest out =
        new ProbeRequest(
            at, "coder", practice.deploymentUid(), 1, "coder", before, Optional.empty());
    shell.works(out.command());
    assertThat(practice.deployment().at(place).isMissingNode()).isTrue();
    shell.works(out.undo());
    assertThat(practice.deployment().at(place).toString()).contains("/healthz");
  }

  /** On the first run there is no Lease yet. */
  @Test
  void theLeaseIsMadeTakenOverAndGivenBack() throws Exception {
    shell.works(new LeaseRequest(at, LEASE, false, Optional.empty(), "ann@here it's").command());
    assertThat(holder()).isEqualTo("ann@here it's");
    Request over = new LeaseRequest(at, LEASE, true, Optional.of("ann"), "bob \"the\" \\ one");
    shell.works(over.command());
    assertThat(holder()).isEqualTo("bob \"the\" \\ one");
    shell.works(over.undo());
    assertThat(holder()).isEmpty();
  }

  private String holder() {
    return practice.lease().orElseThrow().at("/spec/holderIdentity").asText("");
  }

  @Test
  void aRevisionIsForgottenAndAnObjectHandedOver() throws Exception {
    practice.create(
        """
        {"apiVersion":"v1","kind":"Secret","type":"helm.sh/release.v1",
         "metadata":{"name":"sh.helm.release.v1.prod.v4","namespace":"coder"}}
        """);
    practice.create(
        """
        {"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"coder","namespace":"coder"}}
        """);
    HelmRelease.Secret secret = new HelmRelease.Secret("sh.helm.release.v1.prod.v4", "u", "1");
    shell.works(new ForgetRequest(at, "prod", 4, "pending-upgrade", secret).command());
    assertThat(practice.store.find(PracticeCluster.key(Resources.SECRETS, secret.name())))
        .isEmpty();

    HelmClaim nobodys = new HelmClaim(Optional.empty(), Optional.empty(), Optional.empty());
    Request adopt =
        new AdoptRequest(
            at,
            new ObjectName("ServiceAccount", "coder", "coder"),
            "u",
            "1",
            nobodys,
            HelmClaim.of("prod", "coder"));
    shell.works(adopt.command());
    assertThat(account()).contains("\"app.kubernetes.io/managed-by\":\"Helm\"", "release-name");
    shell.works(adopt.undo());
    assertThat(account()).doesNotContain("Helm", "release-name");
  }

  private String account() {
    return practice
        .store
        .get(PracticeCluster.key(Resources.SERVICEACCOUNTS, "coder"))
        .path("metadata")
        .toString();
  }

  /** What is lost when pods go is kept by commands that these rights allow. */
  @Test
  void evidenceIsKeptByTheCommandsOfItsStep() throws Exception {
    String uid =
        practice
            .store
            .get(PracticeCluster.key(Resources.PODS, "coder-5d-a"))
            .at("/metadata/uid")
            .asText();
    practice.logs.begin(uid, "coder").add("earlier");
    practice.logs.begin(uid, "coder").add("now");
    try (ClusterSource source = connection.source()) {
      Observations seen = new Observations();
      source.watch(seen);
      seen.known(cluster -> !cluster.pods().isEmpty());
      Snapshot now =
          Snapshot.empty(Instant.now(), RunFacts.starting(Instant.now(), Optional.empty()))
              .withCluster(seen.last());
      List<String> commands =
          StepInfo.EVIDENCE.lines(now, KnowledgeFile.load()).stream()
              .filter(line -> line.startsWith("$ "))
              .map(line -> line.substring(2))
              .toList();
      assertThat(commands).hasSizeGreaterThan(3);
      for (String command : commands) {
        shell.works(command);
      }
      assertThat(shell.home().resolve("deployment.yaml")).content().contains("kind: Deployment");
      assertThat(shell.home().resolve("objects.yaml")).content().contains("coder-5d-a");
      assertThat(shell.home().resolve("coder-5d-a.log")).hasContent("now");
      assertThat(shell.home().resolve("coder-5d-a.previous.log")).hasContent("earlier");
    }
  }
}
