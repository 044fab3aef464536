package dev.lockkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockkeeper.cli.Failure;
import dev.lockkeeper.cli.Lockkeeper;
import dev.lockkeeper.cli.Outlet;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.config.ClusterOptions;
import dev.lockkeeper.live.PracticeWorld;
import dev.lockkeeper.postgres.DatabaseAddress;
import dev.lockkeeper.worlds.WorldClient;
import dev.lockkeeper.worlds.WorldOptions;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code lockkeeper check}, as it is typed, in a practice world. */
class CheckCommandTest {
  private static WorldClient world;

  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void enter() throws Exception {
    world = WorldClient.start(WorldClient.newDirectory(), WorldOptions.defaults().withPace(20));
    world.awaitReady(line -> {});
    world.hold();
  }

  @AfterAll
  static void leave() throws Exception {
    world.leave();
  }

  /** From unknown to pass: the backup is attested. The default probe is no failure. */
  @Test
  void theExitCodeIsTheWorstAnswer() throws Exception {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(check().code).isEqualTo(2));
    Answer unknown = check();
    assertThat(unknown.answers)
        .containsEntry("backup-is-recent", "unknown")
        .doesNotContainKey("liveness-leaves-time");

    String now = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm"));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              Answer all = check("--backup-id", "snap-1", "--backup-time", now);
              assertThat(all.answers.values()).containsOnly("pass");
              assertThat(all.code).isZero();
            });
    nothingWasChangedByUs();
  }

  @Test
  void aTargetToBeAvoidedFails() throws Exception {
    // On a machine under load one look may run out of time, which is told.
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              Answer answer = check("--to", "v2.27.3");
              assertThat(answer.code).isEqualTo(1);
              assertThat(answer.answers)
                  .containsEntry("path-is-clear", "fail")
                  .containsEntry("target-is-newer", "pass");
            });
  }

  /** The world's own repository has the chart; the one that nobody serves is unknown, and quick. */
  @Test
  void theChartIsLookedForWhereItIsSaidToBe() throws Exception {
    String charts = world.briefing().charts();
    // On a machine under load the bundled helm may not be in time.
    await()
        .atMost(Duration.ofSeconds(120))
        .untilAsserted(
            () ->
                assertThat(check("--to", "v2.29.3", "--helm-repository", charts).answers)
                    .containsEntry("release-is-known", "pass")
                    .containsEntry("helm-is-settled", "pass")
                    .containsEntry("chart-is-there", "pass"));
    Answer nowhere = check("--to", "v2.29.3", "--helm-repository", "http://127.0.0.1:1/charts");
    assertThat(nowhere.answers).containsEntry("chart-is-there", "unknown");
  }

  /** Whoever comes in by the lines that a served world prints upgrades with its own charts. */
  @Test
  void aServedWorldPrintsItsOwnCharts() throws Exception {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    PracticeWorld served =
        PracticeWorld.attach(
            WorldClient.attach(world.directory()),
            Outlet.on(OutputStream.nullOutputStream()),
            Outlet.on(told));
    Thread serving = new Thread(() -> serve(served));
    serving.start();
    try {
      await().until(() -> told.toString(StandardCharsets.UTF_8).contains("Ctrl-C ends it"));
    } finally {
      serving.interrupt();
      serving.join();
    }
    assertThat(told.toString(StandardCharsets.UTF_8))
        .contains(
            "lockkeeper upgrade --to v2.29.3 --deployment coder --helm-repository "
                + world.briefing().charts());
  }

  private static void serve(PracticeWorld served) {
    try {
      served.serve();
    } catch (Failure e) {
      throw new AssertionError(e);
    }
  }

  /** Neither the name of a context nor an address on this machine makes a practice world. */
  @Test
  void practiceIsProvedByTheAuthorityAndTheDatabaseOfAWorldOfOurs() throws Exception {
    Optional<String> authority = authority(Files.readString(world.kubeconfig()));
    String database = DatabaseAddress.parse(world.databaseUrl()).where();
    assertThat(PracticeWorld.isOne(authority, database)).isTrue();
    assertThat(PracticeWorld.isOne(authority, "db.example:5432")).as("a real database").isFalse();
    assertThat(PracticeWorld.isOne(Optional.of("another"), database)).isFalse();
    Optional<String> unproved =
        authority(
            Files.readString(world.kubeconfig())
                .replaceFirst("certificate-authority-data: .*", "insecure-skip-tls-verify: true"));
    assertThat(PracticeWorld.isOne(unproved, database)).as("a tunnel could be there").isFalse();
  }

  private static Optional<String> authority(String kubeconfig) throws Exception {
    Path file = Files.writeString(Files.createTempFile("kubeconfig", ""), kubeconfig);
    ClusterOptions options =
        new ClusterOptions(Optional.of(file), Optional.empty(), Optional.empty(), "coder");
    try (ClusterConnection there = ClusterConnection.open(options, Map.of())) {
      return there.authority();
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void whatIsNoRepositoryIsAMistakeOfTheCommandLine() throws Exception {
    assertThat(run(new ByteArrayOutputStream(), "--helm-repository", "coder-v2/coder"))
        .isEqualTo(64);
    assertThat(err.toString()).contains("'coder-v2/coder' is no URL of charts");
  }

  @Test
  void whatIsNoTimeIsAMistakeOfTheCommandLine() throws Exception {
    assertThat(run(new ByteArrayOutputStream(), "--backup-time", "soon")).isEqualTo(64);
    assertThat(run(new ByteArrayOutputStream(), "--to", "newest")).isEqualTo(64);
    assertThat(err.toString()).contains("a time that has passed").contains("no version");
  }

  @Test
  void aDeploymentThatIsNotThereIsNoAnswerAtAll() throws Exception {
    assertThat(run(new ByteArrayOutputStream(), "--deployment", "other")).isEqualTo(3);
    assertThat(err.toString()).contains("there is no deployment/other in namespace coder");
  }

  /**
   * What was answered.
   *
   * @param code the exit code
   * @param answers the answers by the words of the checks
   */
  private record Answer(int code, Map<String, String> answers) {}

  private Answer check(String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("-o", "json"));
    arguments.addAll(List.of(more));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int code = run(out, arguments.toArray(String[]::new));
    Map<String, String> answers = new HashMap<>();
    for (JsonNode check : new ObjectMapper().readTree(out.toByteArray()).path("checks")) {
      answers.put(check.path("id").asText(), check.path("answer").asText());
    }
    return new Answer(code, answers);
  }

  private int run(ByteArrayOutputStream out, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("check"));
    arguments.addAll(List.of("--kubeconfig", world.kubeconfig().toString()));
    arguments.addAll(List.of("--database-url", world.databaseUrl()));
    arguments.addAll(List.of(more));
    Start start =
        new Start(
            Map.of("LANG", "C.UTF-8"),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    return Lockkeeper.run(start, new PrintWriter(err, true), arguments.toArray(String[]::new));
  }

  /** Asking for one's rights is a POST of which nothing stays. */
  private static void nothingWasChangedByUs() throws Exception {
    ObjectMapper json = new ObjectMapper();
    List<String> writes = new ArrayList<>();
    for (String line : Files.readAllLines(world.requests())) {
      JsonNode request = json.readTree(line);
      String method = request.path("method").asText();
      boolean ours = request.path("user").asText().equals("operator");
      boolean asks = request.path("path").asText().contains("selfsubjectaccessreviews");
      if (ours && !method.equals("GET") && !asks) {
        writes.add(line);
      }
    }
    assertThat(writes).isEmpty();
  }
}
