package dev.lockkeeper.view;

import dev.lockkeeper.story.Recoveries;
import dev.lockkeeper.story.Story;
import dev.lockkeeper.story.UpgradeWorld;
import dev.lockkeeper.wizard.Key;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The important moments of a recovery, as an operator sees them. */
class RecoveryScreensGoldenTest {
  /** The moments of which a picture is kept. */
  static final Set<String> PICTURED =
      Set.of("recovery-found", "recovery-choose", "recovery-end-blockers");

  private static Map<String, Story> moments() {
    Recoveries told = Recoveries.onScreens();
    Map<String, Story> moments = new LinkedHashMap<>();
    moments.put("recovery-found", told.begins(UpgradeWorld::blocked));
    moments.put("recovery-wait-or-act", told.decides(UpgradeWorld::blocked));
    moments.put(
        "recovery-choose",
        told.decides(UpgradeWorld::blocked).presses(Key.Name.DOWN).presses(Key.Name.DOWN));
    moments.put("recovery-end-blockers", told.asksToEnd().types("51"));
    moments.put("recovery-scale-to-zero", told.takesDown());
    moments.put("recovery-end-coderd-sessions", told.asksToEndCoderds());
    moments.put("recovery-repair", told.asksToRepair());
    moments.put("recovery-image", told.repaired());
    return moments;
  }

  @TestFactory
  Stream<DynamicTest> theMomentsLookAsTheyDid() {
    return moments().entrySet().stream()
        .map(
            moment ->
                DynamicTest.dynamicTest(
                    moment.getKey(), () -> looks(moment.getKey(), moment.getValue())));
  }

  private static void looks(String name, Story story) {
    Frame large = Screens.render(story.state(), 120, 40);
    if (PICTURED.contains(name)) {
      Golden.picturedTwice(name + "-120x40", large);
    } else {
      Golden.matches(name + "-120x40", large);
    }
    Golden.matches(name + "-80x24", Screens.render(story.state(), 80, 24));
  }
}
