package dev.lockkeeper.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.AdoptRequest;
import dev.lockkeeper.action.HelmRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Plan;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.action.Request;
import dev.lockkeeper.files.KnowledgeFile;
import dev.lockkeeper.files.RunbookFile;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Progress;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmClaim;
import dev.lockkeeper.snapshot.ObjectName;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Policy;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.view.Screens;
import dev.lockkeeper.wizard.Effect;
import dev.lockkeeper.wizard.Event;
import dev.lockkeeper.wizard.Key;
import dev.lockkeeper.wizard.Next;
import dev.lockkeeper.wizard.Setting;
import dev.lockkeeper.wizard.State;
import dev.lockkeeper.wizard.Update;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A Coder v1 goes from 1.43.1 to 1.44.3, or does not. */
class LegacyStoryTest {
  private static final String TIME = "%02d:%02d";

  @Test
  void itIsWalkedFromTheFirstLookToReadyPods() {
    Walk walk = Walk.begins(LegacyWorld.NEW).prepares();
    walk.chooses(1).goesTo("3.2").confirms();
    HelmRequest request = (HelmRequest) walk.asked.orElseThrow();
    assertThat(request.command())
        .contains("--version 1.44.3", "--reset-values")
        .doesNotContain("--atomic", "--force", "replicaCount");

    walk.answers(Outcome.done("helm ended")).sees(LegacyWorld.upgraded()).goesTo("3.4");
    walk.chooses(1).goesTo("5.1").presses(Key.Name.ENTER);

    assertThat(walk.state.finished()).isTrue();
    assertThat(walk.state.progress().owes()).isFalse();
  }

  @Test
  void twoVersionsAtOnceAreNotWalked() {
    Walk walk = Walk.begins("1.45.0").presses(Key.Name.ENTER);
    assertThat(walk.state.cursor()).isEqualTo("1.2");

    walk.presses(Key.Name.ENTER).presses(Key.of('w')).presses(Key.Name.ENTER);

    assertThat(walk.state.cursor()).isEqualTo("1.2");
    assertThat(walk.screen()).contains("go to 1.44 first");
  }

  @Test
  void whatHelmDoesNotOwnIsHandedOverAndTheUpgradeRunsOnceMore() {
    Walk walk = Walk.begins(LegacyWorld.NEW).prepares();
    walk.chooses(1).goesTo("3.2").confirms().answers(Outcome.done("helm ended"));
    walk.sees(named(LegacyWorld.NOT_OWNED, LegacyWorld.ACCOUNT, LegacyWorld.NOBODYS)).goesTo("3.4");
    assertThat(walk.screen()).contains("Handing it over to Helm helps");

    walk.chooses(3).goesTo("4.1");
    assertThat(walk.screen()).contains("kubectl label serviceaccount coder");
    walk.handsOver("ServiceAccount");
    walk.sees(named(LegacyWorld.NOT_OWNED, LegacyWorld.ACCOUNT, LegacyWorld.OURS)).goesTo("4.2");
    walk.confirms().answers(Outcome.done("helm ended"));
    walk.sees(LegacyWorld.upgraded());
    assertThat(walk.state.finished()).as(walk.screen()).isTrue();
  }

  /** Helm names one object at a time. */
  @Test
  void aSecondObjectIsHandedOverInTheSameRun() {
    Walk walk = Walk.begins(LegacyWorld.NEW).prepares();
    walk.sees(looked(LegacyWorld.ACCOUNT, LegacyWorld.NOBODYS));
    walk.refused = List.of(LegacyWorld.NOT_OWNED);
    walk.chooses(1).goesTo("3.2").presses(Key.Name.ENTER).presses(Key.Name.ESCAPE).passes(1);
    walk.goesTo("3.4").chooses(3).goesTo("4.1").handsOver("ServiceAccount");
    walk.sees(looked(LegacyWorld.ACCOUNT, LegacyWorld.OURS)).goesTo("4.2");

    walk.refused = List.of(LegacyWorld.NOT_OWNED_EITHER);
    walk.presses(Key.Name.ENTER).presses(Key.Name.ESCAPE);
    walk.sees(looked(LegacyWorld.ROLE, LegacyWorld.NOBODYS));
    assertThat(walk.screen()).contains("Role coder says nothing of a release");
    walk.presses(Key.Name.ENTER);
    assertThat(walk.state.dialog()).as("it would be refused once more").isEmpty();

    walk.presses(Key.of('b')).presses(Key.of('r')).passes(1);
    assertThat(walk.state.cursor()).isEqualTo("4.1");
    walk.answersRight("Role");
    walk.sees(looked(LegacyWorld.ROLE, LegacyWorld.OURS)).goesTo("4.2");
    walk.refused = List.of();
    walk.confirms().answers(Outcome.done("helm ended")).sees(LegacyWorld.upgraded());
    assertThat(walk.state.finished()).as(walk.screen()).isTrue();
  }

  @Test
  void whatBelongsToAnotherReleaseIsNotTaken() {
    Walk walk = Walk.begins(LegacyWorld.NEW).prepares();
    walk.chooses(1).goesTo("3.2").confirms().answers(Outcome.done("helm ended"));
    HelmClaim others = HelmClaim.of("tools", "coder");
    walk.sees(named(LegacyWorld.NOT_OWNED, LegacyWorld.ACCOUNT, others)).goesTo("3.4");
    walk.chooses(3).goesTo("4.1").presses(Key.Name.ENTER);

    assertThat(walk.state.dialog()).isEmpty();
    assertThat(walk.screen()).contains("NOT OURS", "the release tools").doesNotContain("$ kubectl");
  }

  /** Whoever ran helm elsewhere pastes what it said. */
  @Test
  void whatHelmSaidElsewhereIsUnderstoodAsWell() {
    Walk walk = Walk.begins(LegacyWorld.NEW).prepares();
    walk.chooses(2).goesTo("3.3").presses(Key.Name.ENTER).types(LegacyWorld.NOT_OWNED);
    walk.sees(looked(LegacyWorld.ACCOUNT, LegacyWorld.NOBODYS)).goesTo("3.4");
    assertThat(walk.screen()).contains("Handing it over to Helm helps");

    walk.chooses(3).goesTo("4.1").handsOver("ServiceAccount");
  }

  private static Scenery looked(ObjectName name, HelmClaim claim) {
    return LegacyWorld.installed()
        .cluster("named", Observed.known(LegacyWorld.object(name, claim), Scenery.NOW));
  }

  private static Scenery named(String said, ObjectName name, HelmClaim claim) {
    return LegacyWorld.named(said, name, claim);
  }

  /** Helm is asked before it is run, and its no is as good as that of a run. */
  @Test
  void whatHelmWouldRefuseIsCuredWithoutRunningIt() {
    Walk walk = Walk.begins(LegacyWorld.NEW).prepares();
    walk.refused = List.of(LegacyWorld.NOT_OWNED);
    walk.chooses(1).goesTo("3.2").presses(Key.Name.ENTER).presses(Key.Name.ESCAPE).passes(1);
    assertThat(walk.asked).isEmpty();

    walk.sees(looked(LegacyWorld.ACCOUNT, LegacyWorld.NOBODYS));
    walk.goesTo("3.4").chooses(3).goesTo("4.1").handsOver("ServiceAccount");
    walk.sees(looked(LegacyWorld.ACCOUNT, LegacyWorld.OURS));
    walk.refused = List.of();
    walk.goesTo("4.2").confirms().answers(Outcome.done("helm ended"));
    assertThat(walk.state.snapshot().run().helmRefused()).isEmpty();
    walk.sees(LegacyWorld.upgraded());
    assertThat(walk.state.finished()).as(walk.screen()).isTrue();
  }

  /** Nobody uninstalls what has just been upgraded well. */
  @Test
  void noCureIsOfferedWhereNothingIsWrong() {
    Walk walk = Walk.begins(LegacyWorld.NEW).prepares();
    walk.chooses(1).goesTo("3.2").confirms().answers(Outcome.done("helm ended"));
    walk.sees(LegacyWorld.upgraded()).goesTo("3.4").chooses(4);

    assertThat(walk.state.cursor()).isEqualTo("3.4");
    assertThat(walk.state.snapshot().run().chosen("outcome")).isEmpty();
  }

  /** One who walks. */
  private static final class Walk implements Effect.Hands {
    private State state;
    private Instant now = Scenery.NOW;
    private Scenery scenery = LegacyWorld.installed();
    private List<String> refused = List.of();
    private Optional<Request> asked = Optional.empty();

    static Walk begins(String target) {
      Walk walk = new Walk();
      Setting setting =
          new Setting("v1-0304-2205", Setting.World.PRODUCTION, ZoneOffset.UTC, Policy.NONE);
      walk.state =
          State.starting(
              setting,
              RunbookFile.bundled("coder-v1"),
              KnowledgeFile.load(),
              Progress.none(walk.now),
              walk.now);
      walk.append(Entry.started(walk.now, "coder-v1", Map.of(RunFacts.TARGET, "v" + target)));
      return walk.passes(2);
    }

    /** To the choice of who runs helm. */
    Walk prepares() {
      goesTo("2.5").presses(Key.Name.ENTER).types("snap-1");
      types(TIME.formatted(now.atZone(ZoneOffset.UTC).getHour(), minute()));
      return goesTo("3.1");
    }

    private int minute() {
      return now.atZone(ZoneOffset.UTC).getMinute();
    }

    Walk sees(Scenery other) {
      scenery = other;
      return passes(2);
    }

    Walk passes(int seconds) {
      for (int i = 0; i < seconds; i++) {
        now = now.plusSeconds(1);
        Snapshot seen = scenery.seen();
        Helm helm = seen.helm().value().orElseThrow();
        happens(new Event.SeenCluster(Observed.known(looked(seen), now)));
        happens(new Event.SeenDatabase(Observed.known(seen.database().value().orElseThrow(), now)));
        happens(new Event.SeenHelm(Observed.known(ours(helm), now)));
        now = now.plusMillis(400);
        happens(new Event.Ticked(now));
      }
      return this;
    }

    /** What ran is what was asked for. */
    private Helm ours(Helm helm) {
      return state
          .snapshot()
          .run()
          .recalled(RunFacts.HELM_DIGEST)
          .flatMap(digest -> helm.run().map(run -> Altered.of(run, "digest", digest)))
          .map(run -> Altered.of(helm, "run", Optional.of(run)))
          .orElse(helm);
    }

    /** What Helm named was looked up just now as well. */
    private Cluster looked(Snapshot seen) {
      Cluster cluster = seen.cluster().value().orElseThrow();
      return cluster
          .named()
          .value()
          .map(named -> cluster.naming(Observed.known(named, now)))
          .orElse(cluster);
    }

    Walk goesTo(String step) {
      for (int i = 0; i < 20 && !state.cursor().equals(step); i++) {
        presses(Key.Name.ENTER);
      }
      assertThat(state.cursor()).as(screen()).isEqualTo(step);
      return this;
    }

    /** Opens the choice of the step and takes this option, counted from one. */
    Walk chooses(int option) {
      presses(Key.Name.ENTER);
      for (int i = 0; i < option; i++) {
        presses(Key.Name.DOWN);
      }
      return presses(Key.Name.ENTER).passes(1);
    }

    Walk confirms() {
      presses(Key.Name.ENTER)
          .types(scenery.seen().cluster().value().orElseThrow().identity().phrase());
      assertThat(asked).as(screen()).isPresent();
      return this;
    }

    /** Opens the question of the adoption, and says yes to it. */
    Walk handsOver(String kind) {
      return presses(Key.Name.ENTER).answersRight(kind);
    }

    Walk answersRight(String kind) {
      assertThat(screen()).contains("Hand %s coder over to the Helm release prod".formatted(kind));
      presses(Key.Name.RIGHT).presses(Key.Name.ENTER).passes(0);
      AdoptRequest request = (AdoptRequest) asked.orElseThrow(() -> new AssertionError(screen()));
      assertThat(request.object().kind()).isEqualTo(kind);
      return answers(Outcome.done("handed over"));
    }

    Walk answers(Outcome outcome) {
      Request request = asked.orElseThrow();
      asked = Optional.empty();
      return happens(new Event.Performed(state.cursor(), request, outcome));
    }

    Walk types(String text) {
      text.chars().forEach(character -> presses(Key.of((char) character)));
      return presses(Key.Name.ENTER);
    }

    Walk presses(Key.Name name) {
      return presses(Key.of(name));
    }

    Walk presses(Key key) {
      now = now.plusMillis(40);
      return happens(new Event.Pressed(key, now));
    }

    private Walk happens(Event event) {
      Next next = Update.apply(state, event);
      state = Update.apply(next.state(), new Event.Painted(now)).state();
      next.effects().forEach(effect -> effect.run(this));
      return this;
    }

    String screen() {
      return Screens.render(state, 120, 40).text();
    }

    @Override
    public void append(Entry entry) {
      happens(new Event.Written(entry));
    }

    @Override
    public void perform(String step, Request request) {
      asked = Optional.of(request);
    }

    @Override
    public void rehearse(Request request) {
      boolean accepts = refused.isEmpty() || !(request instanceof HelmRequest);
      happens(
          new Event.Rehearsed(
              request,
              new Rehearsal(
                  accepts ? Rehearsal.Verdict.ACCEPTED : Rehearsal.Verdict.REFUSED,
                  accepts ? List.of() : refused)));
    }

    @Override
    public void withdraw() {}

    @Override
    public void askLook(Optional<Plan> plan) {
      throw new AssertionError("nobody laid down that a second operator looks");
    }

    @Override
    public void quit() {}
  }
}
