package dev.lockkeeper.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is remembered of scalers, and what became of them. */
class ScalerTest {
  private static final Scaler OWN = new Scaler(Scaler.HORIZONTAL, "coder", "minReplicas 3");
  private static final Scaler KEDAS =
      new Scaler(Scaler.HORIZONTAL, "keda-hpa-coder", "minReplicas 1; made by KEDA's coder: wait");
  private static final Scaler KEDA = new Scaler(Scaler.KEDA, "coder", "minReplicaCount 2; paused");

  @Test
  void whatIsTheSameIsNeitherMissingNorChanged() {
    List<Scaler> all = List.of(OWN, KEDAS, KEDA);
    assertThat(Scaler.missing(Scaler.text(all), all)).isEmpty();
    assertThat(Scaler.changed(Scaler.text(all), all)).isEmpty();
  }

  @Test
  void oneThatIsGoneIsMissingAndOneThatIsSetOtherwiseIsChanged() {
    String before = Scaler.text(List.of(OWN, KEDAS, KEDA));
    Scaler other = new Scaler(Scaler.HORIZONTAL, "coder", "minReplicas 2");
    List<Scaler> now = List.of(other, KEDA);
    assertThat(Scaler.missing(before, now)).isEqualTo(KEDAS.text());
    assertThat(Scaler.changed(before, now)).isEqualTo(OWN.text());
  }
}
