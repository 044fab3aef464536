package dev.lockkeeper.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.diagnosis.Remembered;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.snapshot.Amount;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Database.CoderRoles;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.PodMemory;
import dev.lockkeeper.snapshot.PodMemory.Cause;
import dev.lockkeeper.snapshot.PodTemplate;
import dev.lockkeeper.snapshot.RoleFacts;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.story.Altered;
import dev.lockkeeper.story.Chapters;
import dev.lockkeeper.story.Story;
import dev.lockkeeper.story.Troubles;
import dev.lockkeeper.story.UpgradeWorld;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How pods failed outlives the pods. */
class RememberingTest {
  private static List<String> kept(Story story) {
    return story.journal().stream()
        .filter(entry -> entry.kind() == Entry.Kind.REMEMBERED)
        .filter(entry -> entry.value(Entry.WORD).equals(RunFacts.POD_FAILED))
        .map(entry -> entry.value(Entry.VALUE))
        .toList();
  }

  private static Optional<PodMemory> standing(Story story) {
    return Remembered.standing(story.state().snapshot());
  }

  /** The new pod was killed by the kernel, under this limit. */
  private static UpgradeWorld outOfMemory(Instant now, String limit) {
    UpgradeWorld world = Troubles.failed(now);
    Pod pod =
        Altered.of(
            world.cluster().pods().get(0),
            "last",
            Optional.of(new Pod.Termination(137, "OOMKilled", now.minusSeconds(9))));
    return limited(
        new UpgradeWorld(Altered.of(world.cluster(), "pods", List.of(pod)), world.database()),
        limit);
  }

  private static UpgradeWorld limited(UpgradeWorld world, String limit) {
    Map<String, Amount> own = Map.of(PodTemplate.MEMORY_LIMIT, new Amount(BigDecimal.ONE, limit));
    return new UpgradeWorld(
        Altered.of(
            world.cluster(),
            "deployment",
            world.cluster().deployment().map(seen -> Altered.of(seen, "own", own))),
        world.database());
  }

  @Test
  void itIsWrittenDownOnceAndKnownWhenThePodIsGone() {
    Story story = Chapters.migrates().sees(Troubles::failed).passes(20);
    assertThat(kept(story))
        .singleElement()
        .satisfies(
            text ->
                assertThat(text)
                    .startsWith("MIGRATION_FAILED | ")
                    .contains("ghcr.io/coder/coder:v2.29.3", "\"api_keys\" already exists"));
    assertThat(standing(story.sees(UpgradeWorld::renamed))).isPresent();
    assertThat(standing(story.resumes().sees(UpgradeWorld::renamed)).map(PodMemory::cause))
        .as("a resumed run knows it from its journal")
        .contains(Cause.MIGRATION_FAILED);
  }

  /** Its address names another one now; only who owns the tables is no reason to forget. */
  @Test
  void rolesOfCodersThatChangedAreRememberedAsTheyAreNow() {
    Story story =
        Chapters.migrates()
            .sees(now -> named(UpgradeWorld.drained(now), Optional.of("coder2"), "coder2"));
    assertThat(story.state().snapshot().run().coderRoles()).contains("coder2");
    Story resumed =
        story
            .resumes()
            .sees(now -> named(UpgradeWorld.drained(now), Optional.of("coder3"), "coder3"));
    assertThat(resumed.state().snapshot().run().coderRoles()).containsExactly("coder3");
    Story blind =
        resumed
            .resumes()
            .sees(now -> named(UpgradeWorld.drained(now), Optional.empty(), "postgres"));
    assertThat(blind.state().snapshot().run().coderRoles()).containsExactly("coder3");
  }

  /** Coder's address names the one role, and the other one owns the tables. */
  private static UpgradeWorld named(UpgradeWorld world, Optional<String> role, String owner) {
    Observed<RoleFacts> roles = world.database().roles();
    RoleFacts facts = Altered.of(roles.value().orElseThrow(), "urlUser", role);
    Database database = Altered.of(world.database(), "roles", Observed.known(facts, roles.at()));
    return new UpgradeWorld(
        world.cluster(),
        Altered.of(database, "coder.roles", new CoderRoles(Set.of(owner), Set.of())));
  }

  @Test
  void aPodOfTheSameImageThatBecameReadyRefutesIt() {
    Story story = Chapters.migrates().sees(Troubles::failed).sees(UpgradeWorld::renamed);
    assertThat(standing(story)).isPresent();
    story.passes(60).sees(now -> UpgradeWorld.upgraded(now, 1));
    assertThat(standing(story)).isEmpty();
    assertThat(kept(story)).last().isEqualTo("");
  }

  @Test
  void aReadyPodThatStartedBeforeDoesNotRefuteIt() {
    Story story = Chapters.migrates().sees(Troubles::failed).sees(UpgradeWorld::renamed);
    story.sees(
        now -> {
          UpgradeWorld world = UpgradeWorld.upgraded(now, 1);
          Pod before =
              Altered.of(
                  world.cluster().pods().get(0), "startedAt", Optional.of(now.minusSeconds(6000)));
          return new UpgradeWorld(
              Altered.of(
                  world.cluster(), "pods", List.of(Altered.of(before, "name", "coder-older"))),
              world.database());
        });
    assertThat(standing(story)).isPresent();
  }

  @Test
  void anotherMemoryLimitOutdatesAKillForMemoryAndTheSameOneDoesNot() {
    Story story =
        Chapters.migrates()
            .sees(now -> outOfMemory(now, "512Mi"))
            .sees(now -> limited(UpgradeWorld.renamed(now), "512Mi"));
    assertThat(standing(story).map(PodMemory::terms)).contains("512Mi");
    story.sees(now -> limited(UpgradeWorld.renamed(now), "2Gi"));
    assertThat(standing(story)).isEmpty();
  }

  /** A failed statement stays; a deadlock, a lost connection and an end by hand pass. */
  @Test
  void aFailureThatPassesIsNotExpectedOfTheNextPod() {
    Story story = Chapters.migrates().sees(Troubles::failed).sees(UpgradeWorld::renamed);
    Snapshot snapshot = story.state().snapshot();
    assertThat(Remembered.standing(snapshot)).isPresent();
    PodMemory kept = snapshot.run().podFailed().orElseThrow();
    for (String words :
        List.of(
            "deadlock detected",
            "driver: bad connection",
            "canceling statement due to lock timeout",
            "terminating connection due to administrator command")) {
      String passing = Altered.of(kept, "words", words).text();
      assertThat(
              Remembered.standing(
                  snapshot.with(snapshot.run().remembering(RunFacts.POD_FAILED, passing))))
          .as(words)
          .isEmpty();
    }
  }

  @Test
  void anotherImageOutdatesIt() {
    Story story = Chapters.migrates().sees(Troubles::failed).sees(UpgradeWorld::drained);
    Snapshot snapshot = story.state().snapshot();
    assertThat(snapshot.run().podFailed()).isPresent();
    assertThat(Remembered.standing(snapshot)).isEmpty();
  }

  @Test
  void passwordsInWhatAPodSaidAreNotKept() {
    PodMemory memory =
        new PodMemory(
            Cause.CRASHED,
            Story.START,
            "coder-1",
            "coder:v2",
            "a | b",
            "dial postgres://coder:hunter2@db: | refused");
    assertThat(memory.text()).doesNotContain("hunter2");
    assertThat(PodMemory.of(memory.text())).contains(memory);
    assertThat(PodMemory.of("CRASHED | yesterday | a | b | c | d")).isEmpty();
    assertThat(PodMemory.of("")).isEmpty();
  }
}
