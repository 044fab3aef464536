package dev.lockkeeper.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.lockkeeper.cli.ExitCode;
import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.cli.Target;
import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.snapshot.Fact;
import dev.lockkeeper.wizard.Hint;
import dev.lockkeeper.wizard.Key;
import dev.lockkeeper.wizard.Setting;
import dev.lockkeeper.wizard.Watching;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The way to cluster and database where neither is what it should be. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class ApproachingTest {
  private static final int CLOSED = 1;

  @TempDir private Path folder;

  /** Watches on this way; what is wrong is answered with these keys, one after the other. */
  private static Failure answering(Leading leading, String keys) {
    LineDisplay display = new LineDisplay();
    Listening listening = Listening.to(display);
    Approaching<Watching> approaching =
        new Approaching<>(
            Map.of(),
            leading,
            Watching.starting(Setting.World.ORDINARY, KnowledgeFile.load(), SteadyClock.now()),
            new Watch.Panels(),
            Watching::showsTheSameAs);
    AtomicInteger next = new AtomicInteger();
    return catchThrowableOfType(
        Failure.class,
        () ->
            approaching.reach(
                listening,
                state -> {
                  if (state.way() == Watching.Way.FAILED) {
                    assertThat(state.hints()).extracting(Hint::brief).contains("try again");
                    int key = Math.min(next.getAndIncrement(), keys.length() - 1);
                    display.presses(Key.of(keys.charAt(key)), SteadyClock.now());
                  }
                }));
  }

  @Test
  void whatNobodyHasThoughtOfIsToldInsteadOfWaitedForForEver() {
    Failure told =
        answering(
            progress -> {
              throw new IllegalStateException("nobody has thought of it");
            },
            "q");
    assertThat(told.code()).isEqualTo(ExitCode.INTERNAL);
    assertThat(told).hasMessageContaining("please report it").hasMessageContaining("thought of it");
  }

  @Test
  void whoOnlyWatchesCanHaveItTriedAgain() {
    AtomicInteger tries = new AtomicInteger();
    Failure told =
        answering(
            progress -> {
              throw new Failure(
                  ExitCode.CLUSTER, tries.incrementAndGet() == 1 ? "a first time" : "once more");
            },
            "rrrq");
    assertThat(told).hasMessage("once more");
    assertThat(tries).hasValueGreaterThan(1);
  }

  @Test
  void aDatabaseThatRefusesIsToldWhileTheClusterIsWaitedFor() throws Exception {
    try (ServerSocket silent = silent();
        Connecting way = way(silent.getLocalPort(), CLOSED)) {
      List<Fact> seen = new CopyOnWriteArrayList<>();
      way.observed(seen::add);
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(seen)
                      .anySatisfy(
                          fact ->
                              assertThat(fact.toString())
                                  .startsWith("OfDatabase")
                                  .contains("Nothing accepts connections")));
    }
  }

  @Test
  void ofAWayThatWasGivenUpNothingMoreIsTold() throws Exception {
    List<Fact> seen = new CopyOnWriteArrayList<>();
    try (ServerSocket silent = silent()) {
      try (Connecting way = way(silent.getLocalPort(), silent.getLocalPort())) {
        way.observed(seen::add);
        await().until(() -> seen.stream().anyMatch(ApproachingTest::asksTheCluster));
      }
      int before = seen.size();
      await()
          .during(Duration.ofSeconds(4))
          .atMost(Duration.ofSeconds(60))
          .until(() -> seen.size() == before);
    }
  }

  /** From then on it says in some seconds that the cluster does not answer. */
  private static boolean asksTheCluster(Fact fact) {
    return fact.toString().contains("connecting to https:");
  }

  /** A server that takes every connection and never says a word. */
  private static ServerSocket silent() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private Connecting way(int api, int database) throws IOException, Failure {
    Path kubeconfig = folder.resolve("config");
    Files.writeString(
        kubeconfig,
        """
        apiVersion: v1
        kind: Config
        current-context: there
        contexts: [{name: there, context: {cluster: there, user: me, namespace: coder}}]
        clusters: [{name: there, cluster: {server: "https://127.0.0.1:%d"}}]
        users: [{name: me, user: {token: t}}]
        """
            .formatted(api));
    Target target =
        new Target(
            Optional.of(kubeconfig),
            Optional.empty(),
            Optional.empty(),
            Target.DEPLOYMENT,
            Optional.of("postgres://me:pw@127.0.0.1:%d/coder".formatted(database)),
            true);
    return Connecting.start(Map.of(), Leading.to(target));
  }
}
