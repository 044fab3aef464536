package dev.lockkeeper.kubernetes.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.PracticeCluster;
import dev.lockkeeper.practice.apiserver.Key;
import dev.lockkeeper.practice.apiserver.Logs;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.Role;
import dev.lockkeeper.practice.apiserver.User;
import dev.lockkeeper.snapshot.Inspected;
import dev.lockkeeper.snapshot.Inspection;
import dev.lockkeeper.snapshot.Observed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read for whoever looks: logs that go on, and objects without secrets. */
class InspectorTest {
  private static final String POD = "coder-5d-a";

  @TempDir Path directory;
  private PracticeCluster practice;
  private ClusterConnection connection;
  private Inspector inspector;
  private final List<Inspected> told = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws Exception {
    practice = new PracticeCluster(directory);
    practice.edit(
        Resources.PODS,
        POD,
        pod ->
            ((ObjectNode) pod.path("spec"))
                .putArray("initContainers")
                .addObject()
                .put("name", "init")
                .put("image", "init:1"));
  }

  @AfterEach
  void stop() {
    inspector.close();
    connection.close();
    practice.close();
  }

  private void as(User user) throws Exception {
    connection = practice.connect(user);
    inspector = connection.inspector(told::add);
  }

  private Inspected read(Inspection asked, Predicate<Inspected> enough) {
    inspector.read(Optional.of(asked));
    return wait(asked, enough);
  }

  private Inspected wait(Inspection asked, Predicate<Inspected> enough) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> told.stream().anyMatch(each -> each.of().equals(asked) && enough.test(each)));
    return told.stream()
        .filter(each -> each.of().equals(asked) && enough.test(each))
        .findFirst()
        .orElseThrow();
  }

  private static Predicate<Inspected> lines(int count) {
    return read -> read.lines().value().filter(all -> all.size() == count).isPresent();
  }

  private static Predicate<Inspected> unknown() {
    return read -> !read.lines().isKnown();
  }

  private Key key(String pod) {
    return PracticeCluster.key(Resources.PODS, pod);
  }

  private String uid() {
    return practice.store.get(key(POD)).at("/metadata/uid").asText();
  }

  private Logs.Incarnation begin(String container) {
    return practice.logs.begin(uid(), container);
  }

  private Inspection log() {
    return Inspection.log(POD, uid());
  }

  @Test
  void aLogIsFollowedAsItIsPrinted() throws Exception {
    Logs.Incarnation log = begin("coder");
    log.add("first");
    as(practice.operator);
    Inspected first = read(log(), lines(1));
    assertThat(first.container()).isEqualTo("coder");
    assertThat(first.containers()).containsExactly("init", "coder");
    assertThat(first.ended()).isFalse();
    log.add("second");
    log.add("third");
    assertThat(wait(log(), lines(3)).lines().value().orElseThrow())
        .containsExactly("first", "second", "third");
    log.end();
    assertThat(wait(log(), Inspected::ended).lines().isKnown()).isTrue();
  }

  @Test
  void theRunBeforeAndAnotherContainerAreRead() throws Exception {
    begin("coder").add("error: the run before");
    begin("coder").add("the present run");
    begin("init").add("of init");
    as(practice.operator);
    Inspected before = read(log().before(true), Inspected::ended);
    assertThat(before.lines().value().orElseThrow()).containsExactly("error: the run before");
    Inspected other = read(log().of("init"), lines(1));
    assertThat(other.lines().value().orElseThrow()).containsExactly("of init");
  }

  @Test
  void aFloodIsBoundedAndWhatIsLeftOutIsTold() throws Exception {
    Logs.Incarnation log = begin("coder");
    for (int i = 0; i < 5_000; i++) {
      log.add("line " + i);
    }
    as(practice.operator);
    Inspected tail = read(log(), lines(LogTail.MOST_LINES));
    assertThat(tail.omitted()).isPositive();
    assertThat(tail.lines().value().orElseThrow().get(LogTail.MOST_LINES - 1))
        .isEqualTo("line 4999");
    for (int i = 0; i < 300; i++) {
      log.add(i + "x".repeat(4_000));
    }
    Inspected wide =
        wait(log(), read -> read.lines().value().orElse(List.of()).toString().contains("299x"));
    assertThat(wide.lines().value().orElseThrow()).hasSizeLessThan(300);
    assertThat(wide.lines().value().orElseThrow()).allMatch(line -> line.length() <= 2_001);
  }

  @Test
  void aSecretInALogIsNotHandedOn() throws Exception {
    Logs.Incarnation log = begin("coder");
    log.add("connecting to postgres://coder:hunter2@db:5432/coder");
    log.add("password:");
    log.add("  hunter2");
    as(practice.operator);
    Inspected read =
        read(
            log(), each -> each.lines().isKnown() && !each.lines().value().orElseThrow().isEmpty());
    assertThat(read.toString())
        .contains("connecting to postgres://coder:")
        .doesNotContain("hunter2");
  }

  @Test
  void whoMayNotReadLogsIsTold() throws Exception {
    begin("coder").add("x");
    as(practice.narrow);
    Inspected refused = read(log(), unknown());
    assertThat(refused.lines().cause()).isEqualTo(Observed.Cause.FORBIDDEN);
    assertThat(refused.lines().reason()).startsWith("pods/log: forbidden");
  }

  @Test
  void anotherPodOfThatNameIsNotTakenForIt() throws Exception {
    as(practice.operator);
    Inspected other = read(Inspection.log(POD, "another-uid"), unknown());
    assertThat(other.lines().reason()).contains("gone");
    Inspected gone = read(Inspection.log("coder-5d-none", "uid"), unknown());
    assertThat(gone.lines().reason()).contains("gone");
  }

  @Test
  void aContainerThatPrintedNothingYetIsTold() throws Exception {
    as(practice.operator);
    Inspected waiting = read(log(), unknown());
    assertThat(waiting.lines().reason()).contains("waiting to start");
    assertThat(waiting.containers()).as("another one can be chosen").hasSize(2);
  }

  @Test
  void whatIsNotWantedAnyMoreIsReadNoLonger() throws Exception {
    Logs.Incarnation log = begin("coder");
    log.add("first");
    as(practice.operator);
    read(log(), lines(1));
    inspector.read(Optional.empty());
    Inspection pod = Inspection.object(Inspection.Kind.POD, POD, uid());
    read(pod, each -> each.lines().isKnown());
    int before = told.size();
    log.add("second");
    Inspection again = pod.again();
    read(again, each -> each.lines().isKnown());
    assertThat(told.subList(before, told.size())).allMatch(each -> each.of().equals(again));
  }

  @Test
  void anObjectIsShownWithoutSecretsAndWithoutItsCopies() throws Exception {
    ObjectNode found = practice.store.get(PracticeCluster.key(Resources.DEPLOYMENTS, "coder"));
    ObjectNode telling =
        PracticeCluster.object(
            """
            {"name":"coder","image":"ghcr.io/coder/coder:v2.20.0",
            "args":["server","--password","hunter2"],
            "livenessProbe":{"httpGet":{"path":"/healthz","httpHeaders":[
              {"name":"X-Api-Key","value":"hunter2"},{"name":"X-From","value":"probe"}]}},
            "env":[
              {"name":"CODER_ACCESS_URL","value":"https://coder.example.com"},
              {"name":"CODER_PG_CONNECTION_URL","value":"postgres://coder:hunter2@db/coder"},
              {"name":"CODER_OIDC_CLIENT_SECRET","value":"hunter2"},
              {"name":"LICENCE","value":"a1b2c3d4e5f6a7b8c9d0e1f2"},
              {"name":"FROM","valueFrom":{"secretKeyRef":{"name":"coder-db-url","key":"url"}}}]}
            """);
    practice.edit(
        Resources.DEPLOYMENTS,
        "coder",
        object -> {
          ObjectNode annotations = ((ObjectNode) object.at("/metadata")).putObject("annotations");
          annotations.put("kubectl.kubernetes.io/last-applied-configuration", "{\"copied\":true}");
          annotations.put("example.com/token", "abc123def456");
          ((ArrayNode) object.at("/spec/template/spec/containers")).set(1, telling);
        });
    as(practice.operator);
    Inspected read =
        read(
            Inspection.object(
                Inspection.Kind.DEPLOYMENT, "coder", found.at("/metadata/uid").asText()),
            each -> each.lines().isKnown());
    String text = String.join("\n", read.lines().value().orElseThrow());
    assertThat(text)
        .contains(
            "kind: Deployment",
            "CODER_ACCESS_URL=https://coder.example.com",
            "image: ghcr.io/coder/coder:v2.20.0",
            "FROM from secretKeyRef name coder-db-url key url",
            "value: probe",
            "CODER_OIDC_CLIENT_SECRET=…")
        .doesNotContain("hunter2", "abc123def456", "copied", "managedFields", "a1b2c3d4");
  }

  @Test
  void whoMayNotReadAnObjectIsToldWhatToAskFor() throws Exception {
    User blind = User.of("blind", new Role("coder", List.of()));
    practice.close();
    practice = new PracticeCluster(Files.createTempDirectory(directory, "blind"), blind);
    as(blind);
    Inspected refused = read(Inspection.object(Inspection.Kind.REPLICA_SET, "x", "u"), unknown());
    assertThat(refused.lines().reason()).contains("403", "replicasets");
  }
}
