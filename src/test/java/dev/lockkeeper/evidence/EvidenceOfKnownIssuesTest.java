package dev.lockkeeper.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.analysis.PathIssues;
import dev.lockkeeper.coder.KnownIssue;
import dev.lockkeeper.kubernetes.PracticeCluster;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.reading.StepInfo;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the variables of a container say of a known issue, and what they cannot say. */
class EvidenceOfKnownIssuesTest {
  private static final String EMPTY = "empty-option-2-34";
  private static final String CONTAINER = "/spec/template/spec/containers/1";
  private static final String ISSUER = "oidc-issuer-2-33-8";

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
  void anEmptyVariableOfCodersIsNamedAndItsNeighboursAreNot() {
    target("v2.36.0");
    variables("{\"name\":\"CODER_ACCESS_URL\",\"value\":\"https://c4nary\"}");
    assertThat(issues()).doesNotContain(EMPTY);
    variables("{\"name\":\"PGHOST\",\"value\":\"\"}");
    assertThat(issues()).as("no option of Coder's").doesNotContain(EMPTY);
    variables("{\"name\":\"CODER_X\",\"value\":\"\"}", "{\"name\":\"CODER_X\",\"value\":\"1\"}");
    assertThat(issues()).as("the later one counts").doesNotContain(EMPTY);
    variables(
        "{\"name\":\"CODER_X\",\"valueFrom\":{\"secretKeyRef\":{\"name\":\"s\",\"key\":\"k\"}}}");
    assertThat(issues()).as("its value stands elsewhere").doesNotContain(EMPTY);

    variables("{\"name\":\"CODER_OIDC_SCOPES\"}", "{\"name\":\"CODER_PPROF\",\"value\":\"\"}");
    assertThat(issues()).contains(EMPTY);
    assertThat(reading())
        .contains("empty: CODER_OIDC_SCOPES, CODER_PPROF")
        .doesNotContain("c4nary");
  }

  @Test
  void whatComesFromASecretAsAWholeIsNotKnownToBeAbsent() {
    target("v2.33.8");
    variables("{\"name\":\"CODER_ACCESS_URL\",\"value\":\"x\"}");
    assertThat(issues()).doesNotContain(ISSUER);

    variables("{\"name\":\"CODER_OIDC_ISSUER_URL\",\"value\":\"https://id\"}");
    assertThat(issues()).contains(ISSUER);
    variables("{\"name\":\"CODER_ACCESS_URL\",\"value\":\"x\"}");
    look.cluster.edit(
        Resources.DEPLOYMENTS,
        "coder",
        object -> envFrom(object).addObject().putObject("secretRef").put("name", "more"));
    look.until(each -> !template(each));
    assertThat(issues()).contains(ISSUER);
    assertThat(reading()).contains("may come from a Secret");
  }

  private void target(String version) {
    look.run(facts -> facts.remembering(RunFacts.TARGET, version));
  }

  private void variables(String... json) {
    look.cluster.edit(
        Resources.DEPLOYMENTS,
        "coder",
        object -> {
          ArrayNode env = ((ObjectNode) object.at(CONTAINER)).putArray("env");
          for (String each : json) {
            env.add(PracticeCluster.object(each));
          }
        });
    Set<String> wanted =
        List.of(json).stream()
            .map(each -> PracticeCluster.object(each).get("name").asText())
            .collect(java.util.stream.Collectors.toSet());
    look.until(
        each ->
            each.freshCluster()
                .flatMap(cluster -> cluster.deployment())
                .filter(seen -> seen.template().variables().set().equals(wanted))
                .isPresent());
  }

  private static ArrayNode envFrom(ObjectNode object) {
    return ((ObjectNode) object.at(CONTAINER)).putArray("envFrom");
  }

  private static boolean template(Snapshot seen) {
    return seen.freshCluster()
        .flatMap(cluster -> cluster.deployment())
        .filter(each -> each.template().variables().whole())
        .isPresent();
  }

  private List<String> issues() {
    return PathIssues.relevant(look.now(), look.knowledge).stream().map(KnownIssue::id).toList();
  }

  private String reading() {
    return String.join("\n", StepInfo.KNOWN_ISSUES.lines(look.now(), look.knowledge));
  }
}
