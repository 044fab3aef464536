package dev.lockkeeper.kubernetes.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.kubernetes.FaultyApi;
import dev.lockkeeper.kubernetes.config.Credentials;
import dev.lockkeeper.snapshot.Contexts;
import dev.lockkeeper.snapshot.Scaler;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What changes the replica count is told by what it will do, and only what keeps off is not. */
class ScalersTest {
  private static final String PAUSED = "\"autoscaling.keda.sh/paused\":\"true\"";
  private static final String ZERO = "\"autoscaling.keda.sh/paused-replicas\":\"0\"";

  private FaultyApi api;

  /** Whatever is listed, this is in the list. */
  @BeforeEach
  void start() throws Exception {
    api = new FaultyApi("");
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void kedaThatIsPausedIsLeftOut() throws Exception {
    assertThat(read(Scaler.KEDA, PAUSED)).isEmpty();
  }

  @Test
  void kedaThatIsNotPausedIsTold() throws Exception {
    assertThat(read(Scaler.KEDA, "\"autoscaling.keda.sh/paused\":\"false\""))
        .extracting(Scaler::text)
        .containsExactly("ScaledObject web (minReplicaCount 2)");
  }

  @Test
  void kedaThatIsPausedAtACountSetsThatCount() throws Exception {
    assertThat(read(Scaler.KEDA, "\"autoscaling.keda.sh/paused-replicas\":\"4\""))
        .extracting(Scaler::text)
        .containsExactly(
            "ScaledObject web (paused-replicas 4: KEDA sets the deployment to 4, take the"
                + " annotation autoscaling.keda.sh/paused-replicas away and set"
                + " autoscaling.keda.sh/paused=true)");
  }

  @Test
  void aCountBesideThePauseGoesFirst() throws Exception {
    assertThat(read(Scaler.KEDA, PAUSED + "," + ZERO))
        .extracting(Scaler::evidence)
        .first()
        .asString()
        .contains("KEDA sets", "to 0");
  }

  @Test
  void aCountThatIsNoneIsNotCalledAPause() throws Exception {
    assertThat(read(Scaler.KEDA, "\"autoscaling.keda.sh/paused-replicas\":\"; all\""))
        .extracting(Scaler::evidence)
        .first()
        .asString()
        .contains("is no number");
  }

  @Test
  void whatIsWrittenForKedaPausesNoOtherAutoscaler() throws Exception {
    assertThat(read(Scaler.HORIZONTAL, PAUSED)).hasSize(1);
  }

  private static String listed(String annotations) {
    return """
    {"items":[{"metadata":{"name":"web","annotations":{%s}},
      "spec":{"scaleTargetRef":{"name":"coder"},"minReplicaCount":2}}]}
    """
        .formatted(annotations);
  }

  private List<Scaler> read(String kind, String annotations) throws Exception {
    api.shown = listed(annotations);
    Scalers scalers =
        new Scalers(
            api.api(new Credentials.Fixed(Optional.empty())), Contexts.in("coder"), "coder");
    return Scaler.acting(scalers.read().get().value().orElseThrow()).stream()
        .filter(each -> each.kind().equals(kind))
        .toList();
  }
}
