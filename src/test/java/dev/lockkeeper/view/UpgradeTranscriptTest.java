package dev.lockkeeper.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Request;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.story.Chapters;
import dev.lockkeeper.story.Story;
import dev.lockkeeper.story.UpgradeWorld;
import dev.lockkeeper.wizard.Key;
import dev.lockkeeper.wizard.Setting;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole upgrade from the first key to the last, as it is seen and as it is written down. */
class UpgradeTranscriptTest {
  @Test
  void anOperatorWalksFromTheFirstLookToTheLastCheck() {
    Story story = ships().walksTo("1.1");
    shows(story, "▶ 1.1 Know what is installed", "✔ 4 pass  v shows them");
    shows(story.presses('v'), "Checks before 1.1", "image v2.26.6, served v2.26.6, schema 362");
    story.presses('v');

    story.walksTo("1.2");
    shows(story, "1.2 Name the window", "→ enter: answer 2 questions");
    story.enters();
    shows(story, "The window starts at", "such as 22:00");
    story.answers("soon");
    shows(story, "▲ needed: a time: HH:MM");
    erases(story, 4).answers("22:00").answers("23:30");
    shows(story, "✔ 1.2 done", "window 00:05/01:30", "1.3 Look at the path");
    shows(story, "✔ 3 pass", "PREPARE  Migration 371");

    story.walksTo("2.1");
    shows(story, "2.1 Have a backup", "? unknown a backup is not older than 1 h");

    story.enters().answers("snap-0a1b2c").answers("21:40").walksTo("2.2");
    shows(story, "2.2 Be the only operator", "nothing now: you hold it");
    story.walksTo("3.1").enters();
    shows(story, "3.1 Choose zero or one", "○ Scale to zero (recommended)");
    story.enters();
    shows(story, "choose with the arrows first");
    story.presses(Key.Name.DOWN).enters().walksTo("3.2");
    shows(story, "3.2 Scale down", "▲ DISRUPTIVE", "enter shows the plan");

    story.enters();
    shows(story, "▶[ Cancel ]", "kubectl --context prod-eu -n coder scale deployment/coder");
    story.enters();
    assertThat(story.asked()).as("enter alone cancels").isEmpty();
    shows(story, "cancelled; nothing was done");
    story.enters().presses(Key.Name.RIGHT);
    shows(story, "▶[ Scale to 0 ]");
    story.enters();
    assertThat(asked(story)).isEqualTo("scale deployment/coder from 3 to 0");
    shows(story, "◐ Asking the cluster: scale deployment/coder from 3 to 0");

    story.clusterAnswers(Outcome.done("replicas 3 → 0")).sees(UpgradeWorld::draining);
    shows(story, "3.2 Scale down  ✔ done", "! bring back 3 replicas", "◐ Terminating");
    story.walksTo("3.3");
    shows(story, "waiting for: the stopped pods and their sessions are gone");
    story.sees(UpgradeWorld::drained).passes(12);
    shows(story, "✔ 3.3 done: 0 pods · 0 coderd sessions · no reconnect for 10 s");

    story.walksTo("4.1").enters().presses(Key.Name.DOWN).presses(Key.Name.DOWN).enters();
    story.walksTo("4.2");
    shows(story, "4.2 Change the version", "kubectl --context prod-eu -n coder set image");
    story.enters().presses(Key.Name.RIGHT).enters();
    assertThat(asked(story)).contains("change the image").endsWith(":v2.29.3");
    story.clusterAnswers(Outcome.done("generation 8")).sees(UpgradeWorld::renamed);
    story.walksTo("4.3");
    shows(story, "4.3 Start the pod that migrates", "✖ IRREVERSIBLE");

    story.enters().answers("prod-eu");
    assertThat(story.asked()).as("half the phrase is not enough").isEmpty();
    shows(story, "Type prod-eu/coder to go on", "> prod-eu_");
    story.answers("/coder");
    assertThat(asked(story)).isEqualTo("scale deployment/coder from 0 to 1");
    story.clusterAnswers(Outcome.done("replicas 0 → 1")).sees(UpgradeWorld::migrating);
    story.walksTo("5.1");
    shows(story, "5.1 Watch it commit", "◐ IN FLIGHT", "usual is 4 to 7 min");

    story.sees(now -> UpgradeWorld.upgraded(now, 1));
    shows(story, "✔ COMMITTED 362 → 401");
    story.walksTo("5.2").passes(1).walksTo("6.1");
    shows(story, "6.1 Scale back", "▲ DISRUPTIVE");
    story.enters().presses(Key.Name.RIGHT).enters();
    assertThat(asked(story)).isEqualTo("scale deployment/coder from 1 to 3");
    story.clusterAnswers(Outcome.done("replicas 1 → 3"));
    story.sees(now -> UpgradeWorld.upgraded(now, 3)).walksTo("6.2").passes(2);
    shows(story, "6.2 See that all is well  ✔ done", "! tell Helm");
    story.walksTo("6.3").enters().answers("v2.29.3");
    shows(story, "✔ 6.3 done");
    story.walksToTheEnd();
    shows(story, "All steps are over", "nothing is owed");
    assertThat(story.state().progress().debts()).isEmpty();

    story.presses('q').presses(Key.Name.RIGHT).enters();
    assertThat(story.over()).isTrue();
  }

  @Test
  void everyActWasWrittenDownBeforeItWasAskedAndNothingElseWasAsked() {
    List<Entry> journal = Chapters.done(ships()).journal();
    List<String> acts =
        journal.stream()
            .filter(entry -> entry.kind() == Entry.Kind.INTENDED)
            .map(entry -> entry.value(Entry.SUMMARY))
            .toList();
    assertThat(acts)
        .containsExactly(
            "scale deployment/coder from 3 to 0",
            "change the image of deployment/coder to ghcr.io/coder/coder:v2.29.3",
            "scale deployment/coder from 0 to 1",
            "scale deployment/coder from 1 to 3");
    assertThat(journal.get(journal.size() - 1).kind()).isEqualTo(Entry.Kind.FINISHED);
  }

  @Test
  void anInterruptedRunComesBackToItsPlaceWithItsDebts() {
    Story before = Chapters.drained(ships());
    Story after = before.resumes().walksTo("4.1");
    assertThat(after.state().progress().debts()).isEqualTo(before.state().progress().debts());
    shows(after, "4.1 Choose who upgrades", "! bring back 3 replicas", "window 00:06/01:30");
  }

  /** The runbook as it ships, whole. */
  private static Story ships() {
    return Story.begins("coder-upgrade", Setting.World.PRODUCTION, UpgradeWorld::running);
  }

  private static String asked(Story story) {
    return story.asked().map(Request::summary).orElse("nothing");
  }

  private static Story erases(Story story, int characters) {
    for (int i = 0; i < characters; i++) {
      story.presses(Key.Name.BACKSPACE);
    }
    return story;
  }

  private static void shows(Story story, String... parts) {
    assertThat(Screens.render(story.state(), 120, 40).text()).contains(parts);
  }
}
