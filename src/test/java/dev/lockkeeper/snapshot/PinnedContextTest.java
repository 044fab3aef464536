package dev.lockkeeper.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands lead where the wizard looks, whoever pastes them. */
class PinnedContextTest {
  private static final String GKE = "gke_acme_europe-west1_prod";

  private static PinnedContext of(String context, String... files) {
    return new PinnedContext(context, List.of(files), "coder");
  }

  @Test
  void contextAndNamespaceAreNamedAlways() {
    assertThat(of(GKE).kubectl("get", "pods"))
        .isEqualTo("kubectl --context gke_acme_europe-west1_prod -n coder get pods");
    assertThat(of(GKE).helm("rollback", "coder", "3"))
        .isEqualTo(
            "helm rollback coder 3 --namespace coder --kube-context gke_acme_europe-west1_prod");
    assertThat(of(GKE).in("").kubectl("get", "clusterrole/coder"))
        .isEqualTo("kubectl --context gke_acme_europe-west1_prod get clusterrole/coder");
  }

  @Test
  void aFileIsNamedWhereKubectlDoesNotFindItByItself() {
    assertThat(of("prod", "/home/ann/my clusters/prod").kubectl("get", "pods"))
        .isEqualTo(
            "kubectl --context prod --kubeconfig '/home/ann/my clusters/prod' -n coder get pods");
    assertThat(of("prod", "/one", "/two's").helm("list"))
        .isEqualTo("KUBECONFIG='/one:/two'\\''s' helm list --namespace coder --kube-context prod");
  }

  /** A pod of the cluster has no context, and kubectl needs none there. */
  @Test
  void withinAPodThereIsNoContextToName() {
    ClusterIdentity pod =
        new ClusterIdentity(ClusterIdentity.IN_CLUSTER, "https://10.0.0.1:443", "coder", "");
    assertThat(pod.pinned().kubectl("get", "pods")).isEqualTo("kubectl -n coder get pods");
  }

  @Test
  void whatAShellWouldTakeForSomethingElseIsQuoted() {
    assertThat(of("a;b").kubectl("set", "image", "coder=ghcr.io/x;touch${IFS}f;/coder:v1"))
        .isEqualTo(
            "kubectl --context 'a;b' -n coder set image 'coder=ghcr.io/x;touch${IFS}f;/coder:v1'");
    assertThat(of("prod").kubectl("get", "<VERSION>", "", "it's"))
        .endsWith("get '<VERSION>' '' 'it'\\''s'");
  }
}
