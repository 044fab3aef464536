package dev.lockkeeper.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.action.EvidenceRequest;
import dev.lockkeeper.action.KeepEvidence;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.evidence.Look;
import dev.lockkeeper.kubernetes.PracticeCluster;
import dev.lockkeeper.kubernetes.watch.EvidenceReader;
import dev.lockkeeper.postgres.Scene;
import dev.lockkeeper.practice.apiserver.Logs;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.User;
import dev.lockkeeper.snapshot.Inspected;
import dev.lockkeeper.snapshot.Sha256;
import dev.lockkeeper.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The evidence of a real PostgreSQL and an API server is kept whole and without secrets, which are
 * HUSH here, wherever somebody has put them.
 */
class EvidenceDeskTest {
  private static final String POD = "coder-5d-a";

  @TempDir Path directory;
  private Path run;
  private Look look;
  private Snapshot seen;
  private final List<String> progress = new ArrayList<>();

  @BeforeEach
  void plant() throws Exception {
    run = Files.createDirectory(directory.resolve("run"));
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwx------"));
    look = Look.open(Files.createDirectory(directory.resolve("cluster")));
    look.cluster.edit(Resources.PODS, POD, EvidenceDeskTest::plantIn);
    look.cluster.edit(
        Resources.DEPLOYMENTS,
        "coder",
        object -> plantIn((ObjectNode) object.at("/spec/template")));
    look.cluster.event("e1", "Pod", POD, "probe failed: GET /?token=HUSHHUSH refused");
    Logs.Incarnation before = look.cluster.logs.begin(uid(), "coder");
    before.add("panic: before");
    before.add("dial postgres://coder:HUSH@db:5432/coder");
    before.end();
    Logs.Incarnation log = look.cluster.logs.begin(uid(), "coder");
    log.add("migration 363 runs");
    log.add("session HUSHHUSH12-HUSHHUSHHUSHHUSHHUSH34 began");
    look.cluster.logs.begin(uid(), "init").add("init is through");
    Connection blocker = look.database.session();
    Scene.run(blocker, "BEGIN; SELECT 'HUSH' AS opaque, 'it''s HUSH'");
    seen =
        look.until(
            now ->
                now.freshCluster().filter(all -> !all.events().isEmpty()).isPresent()
                    && now.freshDatabase()
                        .filter(
                            all ->
                                all.backends().stream()
                                    .anyMatch(each -> each.query().contains("opaque")))
                        .isPresent());
  }

  /** No name of theirs says that it is a secret. */
  private static void plantIn(ObjectNode object) {
    ObjectNode annotations = object.withObject("/metadata").withObject("/annotations");
    annotations.put("example.org/note", "HUSH");
    annotations.put("kubectl.kubernetes.io/last-applied-configuration", "{\"a\":\"HUSH\"}");
    annotations.put("deployment.kubernetes.io/revision", "7");
    object.withArray("/spec/initContainers").addObject().put("name", "init").put("image", "init:1");
    object
        .withArray("/spec/containers")
        .forEach(
            each ->
                ((ObjectNode) each)
                    .putArray("env")
                    .addObject()
                    .put("name", "CODER_PLAIN")
                    .put("value", "HUSH"));
  }

  @AfterEach
  void close() throws Exception {
    look.close();
  }

  private String uid() {
    return look.cluster
        .store
        .get(PracticeCluster.key(Resources.PODS, POD))
        .at("/metadata/uid")
        .asText();
  }

  private Outcome keeps(User user) {
    EvidenceRequest request =
        (EvidenceRequest)
            new KeepEvidence().propose(seen, look.knowledge).plan().orElseThrow().request();
    return new EvidenceDesk(run, seen, look.knowledge, sink -> reading(user, sink), progress::add)
        .keep(request);
  }

  private EvidenceReader reading(User user, Consumer<Inspected> sink) {
    try {
      return look.reading(user, sink);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private String kept(String file) throws IOException {
    return Files.readString(run.resolve("evidence").resolve(file));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(run.resolve("evidence"))) {
      return all.toList();
    }
  }

  @Test
  void allOfItIsKeptWithoutSecretsForNobodyElse() throws Exception {
    Outcome outcome = keeps(look.cluster.operator);
    assertThat(outcome.result()).isEqualTo(Outcome.Result.DONE);
    assertThat(kept("log-%s-coder.txt".formatted(POD))).contains("migration 363 runs", "began");
    assertThat(kept("log-%s-coder-before.txt".formatted(POD)))
        .contains("panic: before", "@db:5432");
    assertThat(kept("log-%s-init.txt".formatted(POD))).contains("init is through");
    assertThat(kept("pod-%s.txt".formatted(POD))).contains("CODER_PLAIN", "restartCount: 3");
    assertThat(kept("deployment-coder.txt"))
        .contains("deployment.kubernetes.io/revision: 7", "example.org/note", "failureThreshold")
        .doesNotContain("last-applied");
    assertThat(kept("replicaset-coder-5d.txt")).contains("coder-5d");
    assertThat(kept("sessions.txt")).contains("opaque", "idle in transaction");
    assertThat(kept("locks.txt")).contains("migrator: none");
    assertThat(kept("prepared-transactions.txt")).contains("none");
    assertThat(kept("events.txt")).contains("Unhealthy", "probe failed");
    assertThat(kept("helm.txt")).contains("Helm releases");
    for (Path file : files()) {
      assertThat(Files.readString(file)).as(file.toString()).doesNotContain("HUSH");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(run.resolve("evidence"))))
        .isEqualTo("rwx------");
    assertThat(progress).anyMatch(word -> word.startsWith("reading pod " + POD));
  }

  @Test
  void theIndexTellsWhatEachFileIsAndTheOutcomeWhatTheIndexIs() throws Exception {
    Outcome outcome = keeps(look.cluster.operator);
    String index = kept("INDEX.txt");
    for (Path file : files()) {
      String sum = Sha256.of(Files.readAllBytes(file)).hex();
      String told = file.endsWith("INDEX.txt") ? outcome.detail() : index;
      assertThat(told).contains(sum);
    }
    assertThat(outcome.detail()).contains(run.resolve("evidence").toString());
    assertThat(outcome.parts()).anyMatch(part -> part.contains("sessions.txt"));
  }

  @Test
  void nothingIsWrittenAnywhereElse() {
    long before = look.cluster.store.version();
    keeps(look.cluster.operator);
    assertThat(look.cluster.store.version()).isEqualTo(before);
    assertThat(look.cluster.requests.writes()).isEmpty();
  }

  @Test
  void whatMayNotBeReadIsToldWithTheRightAndTheRestIsKept() throws Exception {
    Outcome outcome = keeps(look.cluster.narrow);
    assertThat(outcome.result()).isEqualTo(Outcome.Result.DONE);
    assertThat(outcome.parts())
        .anyMatch(
            part -> part.startsWith("missing: log of pod " + POD) && part.contains("pods/log"));
    assertThat(kept("INDEX.txt")).contains("Missing:", "ask for get on pods/log");
    assertThat(kept("pod-%s.txt".formatted(POD))).contains("restartCount: 3");
  }

  @Test
  void whatWasKeptBeforeIsLeftAlone() throws Exception {
    keeps(look.cluster.operator);
    String first = kept("INDEX.txt");
    Outcome again = keeps(look.cluster.operator);
    assertThat(again.detail()).contains(run.resolve("evidence-2").toString());
    assertThat(kept("INDEX.txt")).isEqualTo(first);
  }

  @Test
  void aFolderThatCannotBeWrittenIsToldAndNothingIsClaimed() throws Exception {
    Files.delete(run);
    Outcome outcome = keeps(look.cluster.operator);
    assertThat(outcome.result()).isEqualTo(Outcome.Result.REFUSED);
    assertThat(outcome.detail()).contains("nothing is kept");
  }
}
