package dev.lockkeeper.kubernetes.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.kubernetes.ClusterConnection;
import dev.lockkeeper.kubernetes.Observations;
import dev.lockkeeper.kubernetes.PracticeCluster;
import dev.lockkeeper.kubernetes.watch.ClusterSource;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.practice.apiserver.Role;
import dev.lockkeeper.practice.apiserver.Rule;
import dev.lockkeeper.practice.apiserver.User;
import dev.lockkeeper.snapshot.Right;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Before anything is down it is known which of the things that {@code helm upgrade} does would be
 * refused: by the wizard's own look and by the preflight, from one place.
 */
class HelmRightsTest {
  private static final String MANIFEST =
      "---\\n"
          + "kind: Service\\n"
          + "metadata:\\n"
          + "  name: coder\\n"
          + "---\\n"
          + "kind: Role\\n"
          + "metadata:\\n"
          + "  name: coder\\n";

  /** May do all that Helm does but change Roles. */
  private final User withoutRoles =
      User.of(
          "without-roles",
          new Role(
              "coder",
              List.of(
                  Rule.of("", List.of("secrets", "services", "pods", "events"), "*"),
                  Rule.of("apps", List.of("deployments", "replicasets"), "*"),
                  Rule.of("rbac.authorization.k8s.io", List.of("roles"), "get", "list"))));

  @TempDir Path directory;
  private PracticeCluster practice;

  @BeforeEach
  void serve() throws Exception {
    practice = new PracticeCluster(directory, withoutRoles);
  }

  @AfterEach
  void end() {
    practice.close();
  }

  /** A Deployment that says that it is of the release prod, and what Helm keeps of releases. */
  private void kept(String manifest) {
    practice.edit(
        Resources.DEPLOYMENTS,
        "coder",
        object ->
            ((ObjectNode) object.path("metadata"))
                .withObject("/annotations")
                .put("meta.helm.sh/release-name", "prod"));
    release("prod", manifest);
    release("other", "---\\nkind: RoleBinding\\nmetadata:\\n  name: other\\n");
  }

  private void release(String name, String manifest) {
    String record =
        """
        {"name":"%s","namespace":"coder","version":1,"info":{"status":"deployed"},
         "chart":{"metadata":{"name":"coder","version":"2.26.6"}},"manifest":"%s"}
        """
            .formatted(name, manifest);
    Base64.Encoder base64 = Base64.getEncoder();
    practice.create(
        """
        {"apiVersion":"v1","kind":"Secret","type":"helm.sh/release.v1",
         "metadata":{"name":"sh.helm.release.v1.%1$s.v1","namespace":"coder",
           "labels":{"owner":"helm","name":"%1$s","version":"1","status":"deployed"}},
         "data":{"release":"%2$s"}}
        """
            .formatted(
                name,
                base64.encodeToString(base64.encode(record.getBytes(StandardCharsets.UTF_8)))));
  }

  private List<Right> seen(User user) throws Exception {
    try (ClusterConnection connection = practice.connect(user);
        ClusterSource source = connection.source()) {
      Observations seen = new Observations();
      source.watch(seen);
      return seen.known(one -> one.around().helm().isKnown()).around().helm().value().orElseThrow();
    }
  }

  private static List<String> told(List<Right> rights) {
    return rights.stream()
        .map(
            right ->
                "%s %s: %s"
                    .formatted(
                        right.resource(),
                        right.name(),
                        right.denied().isKnown()
                            ? right.denied().value().orElseThrow()
                            : right.denied().reason()))
        .toList();
  }

  @Test
  void whatTheChartMadeIsAskedForByName() throws Exception {
    kept(MANIFEST);
    assertThat(told(seen(withoutRoles)))
        .containsExactly(
            "secrets : []", "secrets : []", "services coder: []", "roles coder: [patch]");
    assertThat(told(seen(practice.operator)))
        .containsExactly("secrets : []", "secrets : []", "services coder: []", "roles coder: []");
  }

  @Test
  void thePreflightAsksTheSame() throws Exception {
    kept(MANIFEST);
    try (ClusterConnection connection = practice.connect(withoutRoles)) {
      assertThat(told(connection.rights("coder")))
          .containsAll(told(seen(withoutRoles)))
          .noneMatch(line -> line.startsWith("rolebindings"));
    }
  }

  @Test
  void whatIsOfAnotherKindIsUnknown() throws Exception {
    kept(MANIFEST + "---\\nkind: Certificate\\nmetadata:\\n  name: coder\\n");
    assertThat(told(seen(practice.operator)))
        .contains("Certificate coder: objects of the kind Certificate are not asked about");
  }

  /** Without the right to read releases it is known at least that this right is missing. */
  @Test
  void whoMayNotReadTheReleaseIsToldSo() throws Exception {
    kept(MANIFEST);
    assertThat(told(seen(practice.viewer)))
        .containsExactly("secrets : [list, get]", "secrets : [create, update, delete]");
  }
}
