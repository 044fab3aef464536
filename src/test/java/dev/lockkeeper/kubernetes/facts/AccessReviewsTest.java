package dev.lockkeeper.kubernetes.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.PracticeCluster;
import dev.lockkeeper.kubernetes.ScalerScenes;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.User;
import dev.lockkeeper.snapshot.Right;
import dev.lockkeeper.snapshot.Right.Use;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessReviewsTest {
  private static final String URL_FROM_SECRET =
      """
      {"env":[{"name":"CODER_PG_CONNECTION_URL",
        "valueFrom":{"secretKeyRef":{"name":"coder-db-url","key":"url"}}}]}
      """;

  @TempDir Path directory;

  @Test
  void theOperatorMayDoAllThatTheWizardDoes() throws Exception {
    List<Right> rights = rights(cluster -> cluster.operator);
    assertThat(rights).allSatisfy(right -> assertThat(denied(right)).isEmpty());
    assertThat(rights.stream().map(Right::use).distinct()).containsExactlyInAnyOrder(Use.values());
    assertThat(rights)
        .anySatisfy(
            right -> {
              assertThat(right.resource()).isEqualTo("secrets");
              assertThat(right.name()).isEqualTo("coder-db-url");
            });
  }

  @Test
  void whatAViewerMayNotDoIsNamedWithItsVerbs() throws Exception {
    List<Right> rights = rights(cluster -> cluster.viewer);
    assertThat(of(rights, Use.SCALE)).containsExactly("patch");
    assertThat(of(rights, Use.CHANGE_IMAGE)).containsExactly("patch");
    assertThat(of(rights, Use.CHANGE_PROBE)).containsExactly("patch");
    assertThat(of(rights, Use.HOLD_LEASE)).containsExactly("create", "update");
    assertThat(of(rights, Use.ASK_SERVERS)).containsExactly("get");
    assertThat(of(rights, Use.FIND_DATABASE)).containsExactly("get");
    assertThat(of(rights, Use.WATCH)).isEmpty();
    assertThat(of(rights, Use.SEE_SCALERS)).isEmpty();
    assertThat(of(rights, Use.READ_LOGS)).isEmpty();
  }

  @Test
  void whoMayNotReadLogsIsTold() throws Exception {
    assertThat(of(rights(cluster -> cluster.narrow), Use.READ_LOGS)).containsExactly("get");
  }

  @Test
  void whatHelmAndV1NeedIsAskedOnlyWhereThereIsOne() throws Exception {
    try (PracticeCluster cluster = new PracticeCluster(directory);
        ClusterConnection connection = cluster.connect(cluster.viewer)) {
      assertThat(connection.rights("coder"))
          .extracting(Right::use)
          .doesNotContain(Use.READ_RELEASES, Use.RUN_HELM, Use.SEE_SERVICES);
    }
    List<Right> rights = rights(cluster -> cluster.viewer);
    assertThat(of(rights, Use.READ_RELEASES)).containsExactly("list", "get");
    assertThat(of(rights, Use.RUN_HELM)).containsExactly("create", "update", "delete");
    assertThat(of(rights, Use.SEE_SERVICES)).isEmpty();
    assertThat(of(rights(cluster -> cluster.narrow), Use.SEE_SERVICES)).containsExactly("list");
  }

  @Test
  void withoutAnAnswerNothingIsKnown() throws Exception {
    try (PracticeCluster cluster = new PracticeCluster(directory);
        ClusterConnection connection = cluster.connect(cluster.operator)) {
      cluster.server.close();
      assertThat(connection.rights("coder"))
          .isNotEmpty()
          .allSatisfy(
              right -> {
                assertThat(right.denied().isKnown()).isFalse();
                assertThat(right.denied().reason()).contains("API server https://127.0.0.1:");
              });
    }
  }

  private List<Right> rights(Function<PracticeCluster, User> who) throws Exception {
    try (PracticeCluster cluster = new PracticeCluster(directory)) {
      cluster.edit(
          Resources.DEPLOYMENTS,
          "coder",
          object -> {
            ((ObjectNode) object.at("/spec/template/spec/containers/1"))
                .setAll(PracticeCluster.object(URL_FROM_SECRET));
            ObjectNode metadata = (ObjectNode) object.path("metadata");
            metadata.withObject("/labels").put("helm.sh/chart", "coder-1.44.3");
            metadata.withObject("/annotations").put("meta.helm.sh/release-name", "coder");
          });
      cluster.create(ScalerScenes.AUTOSCALER);
      try (ClusterConnection connection = cluster.connect(who.apply(cluster))) {
        return connection.rights("coder");
      }
    }
  }

  private static List<String> of(List<Right> rights, Use use) {
    return rights.stream()
        .filter(right -> right.use() == use)
        .flatMap(right -> denied(right).stream())
        .toList();
  }

  private static List<String> denied(Right right) {
    return right.denied().value().orElseThrow();
  }
}
