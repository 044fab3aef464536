package dev.lockkeeper.kubernetes.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.snapshot.ClusterEvent;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is drawn of objects once, and when it is drawn anew. */
class DrawnFactsTest {
  private final DrawnFacts drawn = new DrawnFacts();

  private static Event event(String pod, int count) {
    return new EventBuilder()
        .withNewMetadata()
        .withName(pod + ".1")
        .withUid("uid-" + pod)
        .withResourceVersion("7")
        .endMetadata()
        .withNewInvolvedObject()
        .withKind("Pod")
        .withName(pod)
        .endInvolvedObject()
        .withType("Warning")
        .withReason("BackOff")
        .withMessage("Back-off restarting failed container")
        .withCount(count)
        .withLastTimestamp("2026-03-04T21:05:00Z")
        .build();
  }

  private List<ClusterEvent> events(Event event, String... pods) {
    return drawn.events(List.of(event), "coder", Set.of(), Set.of(pods));
  }

  @Test
  void whatIsTheSameIsDrawnOnceAndWhatIsNotIsDrawnAnew() {
    List<ClusterEvent> first = events(event("coder-a", 1), "coder-a");
    assertThat(first).extracting(ClusterEvent::count).containsExactly(1);
    assertThat(events(event("coder-a", 1), "coder-a")).isSameAs(first);
    assertThat(events(event("coder-a", 2), "coder-a"))
        .extracting(ClusterEvent::count)
        .containsExactly(2);
    assertThat(events(event("coder-a", 2), "coder-b")).as("it is another's").isEmpty();
    assertThat(events(event("coder-a", 1), "coder-a")).isEqualTo(first);
  }
}
