package dev.lockkeeper.kubernetes.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.Observations;
import dev.lockkeeper.kubernetes.PracticeCluster;
import dev.lockkeeper.practice.apiserver.Logs;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.User;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.PodLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last lines of pods that are not Ready. */
class PodLogsTest {
  private static final Heartbeat.Pace QUICK =
      new Heartbeat.Pace(Duration.ofMillis(400), Duration.ofMillis(200), Duration.ofMillis(500));
  private static final String POD = "coder-5d-a";

  @TempDir Path directory;
  private PracticeCluster practice;
  private ClusterConnection connection;
  private ClusterSource source;
  private final Observations seen = new Observations();

  @BeforeEach
  void start() throws Exception {
    practice = new PracticeCluster(directory);
  }

  @AfterEach
  void stop() {
    source.close();
    connection.close();
    practice.close();
  }

  @Test
  void aReadyPodIsNotAsked() throws Exception {
    watch(practice.operator);
    assertThat(seen.known(cluster -> cluster.skew().isPresent()).workload().logs()).isEmpty();
    assertThat(Files.readString(directory.resolve("requests.jsonl"))).doesNotContain("/log");
  }

  @Test
  void theLastLinesOfBothContainersAreRead() throws Exception {
    begin(POD).add("error: no migration found for version 421");
    Logs.Incarnation present = begin(POD);
    present.add("Started HTTP listener");
    unready(POD);
    watch(practice.operator);

    PodLog first = log(1);
    assertThat(first.tail().value().get()).containsExactly("Started HTTP listener");
    assertThat(first.previous().value().get())
        .containsExactly("error: no migration found for version 421");
    assertThat(first.restarts()).isEqualTo(3);

    present.add("caf\u00e9");
    PodLog second = log(2);
    assertThat(second.tail().value().get()).contains("caf\u00e9");
    assertThat(second.previous()).isEqualTo(first.previous());
    String requests = Files.readString(directory.resolve("requests.jsonl"));
    assertThat(requests.split("previous=true", -1)).hasSize(2);
  }

  @Test
  void aFloodIsBounded() throws Exception {
    Logs.Incarnation log = begin(POD);
    for (int i = 0; i < 400; i++) {
      log.add(i + "x".repeat(2_500));
    }
    unready(POD);
    watch(practice.operator);

    List<String> tail =
        seen.known(one -> one.workload().logs().size() == 1)
            .workload()
            .logs()
            .get(0)
            .tail()
            .value()
            .get();
    assertThat(tail).hasSize(200).allSatisfy(line -> assertThat(line).hasSize(2_000));
    assertThat(tail.get(199)).startsWith("399x");
  }

  @Test
  void noMoreThanThreePodsAreAsked() throws Exception {
    for (String name : List.of("coder-5d-b", "coder-5d-c", "coder-5d-d", "coder-5d-e")) {
      practice.pod(name, 8080);
      begin(name).add("x");
      unready(name);
    }
    watch(practice.operator);

    assertThat(seen.known(one -> one.workload().logs().size() >= 3).workload().logs()).hasSize(3);
  }

  @Test
  void aLogThatMayNotBeReadIsUnknown() throws Exception {
    begin(POD).add("secret");
    unready(POD);
    watch(practice.narrow);

    PodLog log = seen.known(one -> !one.workload().logs().isEmpty()).workload().logs().get(0);
    assertThat(log.tail().cause()).isEqualTo(Observed.Cause.FORBIDDEN);
    assertThat(log.tail().reason()).isEqualTo("may not get pods/log: ask for get on pods/log");
  }

  @Test
  void aPodThatGetsReadyIsForgotten() throws Exception {
    begin(POD).add("x");
    unready(POD);
    watch(practice.operator);
    seen.known(one -> one.workload().logs().size() == 1);

    ready(POD, "True");
    seen.known(one -> one.readyPods().size() == 1 && one.workload().logs().isEmpty());
  }

  private PodLog log(int lines) {
    return seen.known(
            one ->
                one.workload().logs().size() == 1
                    && one.workload()
                        .logs()
                        .get(0)
                        .tail()
                        .value()
                        .filter(t -> t.size() >= lines)
                        .isPresent())
        .workload()
        .logs()
        .get(0);
  }

  private Logs.Incarnation begin(String pod) {
    String uid =
        practice.store.get(PracticeCluster.key(Resources.PODS, pod)).at("/metadata/uid").asText();
    return practice.logs.begin(uid, "coder");
  }

  private void unready(String pod) {
    ready(pod, "False");
  }

  private void ready(String pod, String status) {
    practice.status(
        Resources.PODS,
        pod,
        object -> ((ObjectNode) object.at("/status/conditions/0")).put("status", status));
  }

  private void watch(User user) throws Exception {
    connection = practice.connect(user);
    source = connection.source(QUICK);
    source.watch(seen);
  }
}
