package dev.lockkeeper.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.action.MemoryRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.RaiseMemory;
import dev.lockkeeper.check.deployment.MemoryIsAsSaid;
import dev.lockkeeper.diagnosis.Advice;
import dev.lockkeeper.diagnosis.Finding;
import dev.lockkeeper.diagnosis.Finding.Kind;
import dev.lockkeeper.practice.apiserver.Resources;
import dev.lockkeeper.snapshot.RunFacts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A replica count that somebody changed, and a memory limit that is too low: what looks like them,
 * and what is one thing away from it.
 */
@Execution(ExecutionMode.CONCURRENT)
class SmallCuresNearMissTest {
  @TempDir Path directory;

  @Test
  @NearMiss(findings = Kind.SCALED_BACK)
  void theCountIsTheOneThatThisRunSet() throws Exception {
    try (Look look = Look.open(directory)) {
      set(look, 2, Instant.now().minusSeconds(60));
      assertThat(look.finding(Kind.SCALED_BACK)).isEmpty();
      scale(look, 3);
      Finding found = look.found(Kind.SCALED_BACK);
      assertThat(found.headline()).isEqualTo("The replicas were changed to 3; this run had set 2");
      assertThat(found.advice()).isInstanceOf(Advice.Act.class);
    }
  }

  @Test
  @NearMiss(findings = Kind.SCALED_BACK)
  void whatIsSeenIsOlderThanTheAct() throws Exception {
    try (Look look = Look.open(directory)) {
      set(look, 0, Instant.now());
      assertThat(look.finding(Kind.SCALED_BACK)).as("the act ended just now").isEmpty();
      set(look, 0, Instant.now().minusSeconds(60));
      assertThat(look.found(Kind.SCALED_BACK).headline()).contains("changed to 2");
    }
  }

  @Test
  @NearMiss(findings = Kind.SCALED_BACK)
  void anotherRunSetTheCount() throws Exception {
    try (Look look = Look.open(directory)) {
      assertThat(look.finding(Kind.SCALED_BACK)).as("this run has set nothing").isEmpty();
      set(look, 0, Instant.now().minusSeconds(60));
      assertThat(look.found(Kind.SCALED_BACK).headline()).contains("this run had set 0");
    }
  }

  @Test
  @NearMiss(acts = "raise-memory")
  void aContainerWithoutALimitIsKilledForItsNode() throws Exception {
    try (Look look = Look.open(directory)) {
      said(look, "2Gi");
      assertThat(look.proposal(new RaiseMemory()).reason()).contains("no memory limit");
      limit(look, "512Mi");
      look.until(seen -> new RaiseMemory().propose(seen, look.knowledge).plan().isPresent());
      assertThat(look.proposal(new RaiseMemory()).plan().orElseThrow().request().summary())
          .isEqualTo("raise the memory limit of deployment/coder from 512Mi to 2Gi");
    }
  }

  @Test
  @NearMiss(acts = "raise-memory")
  void aLimitInAnotherUnitMayBeTheSame() throws Exception {
    try (Look look = Look.open(directory)) {
      limit(look, "1Gi");
      said(look, "1024Mi");
      look.until(
          seen -> new RaiseMemory().propose(seen, look.knowledge).reason().contains("not more"));
      said(look, "1025Mi");
      assertThat(look.proposal(new RaiseMemory()).plan()).isPresent();
    }
  }

  @Test
  @NearMiss(acts = "raise-memory")
  void theSpecificationWasChangedAfterItWasSeen() throws Exception {
    try (Look look = Look.open(directory)) {
      limit(look, "512Mi");
      said(look, "2Gi");
      look.until(seen -> new RaiseMemory().propose(seen, look.knowledge).plan().isPresent());
      MemoryRequest request = proposed(look);
      edit(look, spec -> spec.put("progressDeadlineSeconds", 900));
      assertThat(look.raise(request).result()).isEqualTo(Outcome.Result.REFUSED);
      look.look();
      assertThat(look.raise(proposed(look))).isEqualTo(Outcome.done("memory limit 512Mi -> 2Gi"));
    }
  }

  private static MemoryRequest proposed(Look look) {
    return (MemoryRequest) look.proposal(new RaiseMemory()).plan().orElseThrow().request();
  }

  private static void said(Look look, String limit) {
    look.run(facts -> facts.saying(MemoryIsAsSaid.LIMIT, limit, Instant.now()));
  }

  private static void set(Look look, int replicas, Instant at) {
    look.run(
        facts ->
            facts
                .remembering(RunFacts.REPLICAS_SET, Integer.toString(replicas))
                .remembering(RunFacts.REPLICAS_SET_AT, at.toString()));
  }

  private static void scale(Look look, int replicas) {
    edit(look, spec -> spec.put("replicas", replicas));
  }

  private static void limit(Look look, String limit) {
    edit(
        look,
        spec ->
            ((ObjectNode) spec.at("/template/spec/containers/1"))
                .withObject("/resources/limits")
                .put("memory", limit));
  }

  private static void edit(Look look, Consumer<ObjectNode> change) {
    look.cluster.edit(
        Resources.DEPLOYMENTS, "coder", object -> change.accept((ObjectNode) object.path("spec")));
  }
}
