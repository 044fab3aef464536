package dev.lockkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockkeeper.cli.Lockkeeper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code lockkeeper releases}, as it is typed. */
class ReleasesTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();

  @Test
  void aNumberNamesTheReleasesThatLeaveADatabaseThere() {
    assertThat(run("--schema", "376")).isZero();
    assertThat(printed())
        .startsWith(
            "schema 376\nleft by    v2.27.0 to v2.27.11 (12)\nreleases   v2.27.0, v2.27.1, ")
        .contains("\nmigration  ");
  }

  @Test
  void aTrapIsTold() {
    assertThat(run("--schema", "316")).isZero();
    assertThat(printed()).contains("trap ").contains("send the schema number to Coder support");
  }

  @Test
  void aNumberBetweenTwoReleasesIsNoAndNamesItsNeighbours() {
    assertThat(run("--schema", "390")).isEqualTo(1);
    assertThat(printed()).isEmpty();
    assertThat(err.toString())
        .isEqualTo(
            "lockkeeper: no release is known to leave a database at 390 (its migration is"
                + " telemetry_locks, of v2.28.0): v2.27.11 ends at 376, v2.28.0 ends at 393\n");
  }

  @Test
  void aReleaseIsDescribed() {
    assertThat(run("--release", "2.29.3")).isZero();
    assertThat(printed())
        .isEqualTo(
            """
            v2.29.3
            schema     401, exact: read off the release itself
            shared by  v2.29.0 to v2.29.19 (20)
            migrates   all pending migrations in one transaction; a replica that lost the race restarts after 15 s
            liveness   on by default; no value switches it off; values understood: initialDelaySeconds
            readiness  values understood: initialDelaySeconds
            strategy   coder.strategy is not understood
            resources  2000m CPU and 4096Mi memory by default
            grace      60 s between SIGTERM and SIGKILL
            """);
  }

  @Test
  void aReleaseOffTheListIsSaidToBeSo() {
    assertThat(run("--release", "v2.29.99")).isZero();
    assertThat(printed()).contains("not on this program's list").contains("401, inferred");
  }

  @Test
  void anUnknownReleaseIsNo() {
    assertThat(run("--release", "v1.44.6")).isEqualTo(1);
    assertThat(err.toString()).contains("does not know the release v1.44.6").endsWith("\n");
    assertThat(err.toString().lines()).hasSize(1);
  }

  @Test
  void aPathIsToldWithItsIssuesTheGravestFirst() {
    assertThat(run("--from", "v2.26.6", "--to", "v2.27.3")).isZero();
    assertThat(printed())
        .startsWith(
            "v2.26.6 → v2.27.3\nschema      362 → 376\nmigrations  14 pending, 363 to 376\n")
        .contains("touches     api_keys, ")
        .containsSubsequence("issues      1 to avoid, ", "\nAVOID", "\nPREPARE", "\nKNOW");
  }

  @Test
  void aWayBackIsNo() {
    assertThat(run("--from", "v2.29.3", "--to", "v2.26.6")).isEqualTo(1);
    assertThat(err.toString()).contains("v2.26.6 is not newer than v2.29.3");
  }

  @Test
  void withoutAQuestionAllLinesAreListed() {
    assertThat(run()).isZero();
    assertThat(printed().lines())
        .contains(
            "LINE   RELEASES             SCHEMA      NUMBER           LIVENESS  MIGRATES"
                + "                           LOCK WAIT",
            "v2.29  v2.29.0 to v2.29.19  401         exact            on        in one transaction"
                + "                 15 s");
  }

  @Test
  void eachAnswerIsJsonAsWell() throws Exception {
    assertThat(json("--schema", "401").at("/releases/3/release").asText()).isEqualTo("v2.29.3");
    assertThat(json("--release", "v2.38.0").at("/certainty").asText()).isEqualTo("at-least");
    JsonNode path = json("--from", "v2.26.6", "--to", "v2.29.3");
    assertThat(path.at("/pendingMigrations").asInt()).isEqualTo(39);
    assertThat(path.at("/touches/api_keys")).isNotEmpty();
    assertThat(path.at("/issues/0/reference").asText()).isNotEmpty().doesNotEndWith(",");
    assertThat(json().at("/lines")).isNotEmpty();
  }

  @Test
  void aCommandLineThatIsNotUnderstoodIsNeitherNoNorUnknown() {
    assertThat(run("--release", "banana")).isEqualTo(64);
    assertThat(run("--schema", "many")).isEqualTo(64);
    assertThat(run("--from", "v2.26.6")).isEqualTo(64);
    assertThat(run("--schema", "401", "--release", "v2.29.3")).isEqualTo(64);
    assertThat(run("-o", "xml")).isEqualTo(64);
    assertThat(Lockkeeper.run(start(), new PrintWriter(err), new String[] {"upgrade"}))
        .isEqualTo(64);
    assertThat(printed()).isEmpty();
  }

  private int run(String... arguments) {
    String[] line = new String[arguments.length + 1];
    line[0] = "releases";
    System.arraycopy(arguments, 0, line, 1, arguments.length);
    return Lockkeeper.run(start(), new PrintWriter(err, true), line);
  }

  private JsonNode json(String... arguments) throws Exception {
    out.reset();
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    all[0] = "-o";
    all[1] = "json";
    assertThat(run(all)).isZero();
    return new ObjectMapper().readTree(printed());
  }

  private Start start() {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return new Start(Map.of("LANG", "C.UTF-8"), stream, stream);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
