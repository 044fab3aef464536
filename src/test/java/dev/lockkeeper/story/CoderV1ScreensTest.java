package dev.lockkeeper.story;

import dev.lockkeeper.view.Golden;
import dev.lockkeeper.view.Screens;
import dev.lockkeeper.wizard.Key;
import org.junit.jupiter.api.Test;

/** Moments of a Coder v1, as an operator sees them. */
class CoderV1ScreensTest {
  @Test
  void theQuestionOfTheUninstallationLooksAsItDid() {
    CoderV1Story walk =
        CoderV1Story.uninstalls(
                CoderV1Story.begins(Samples.onScreens("coder-v1"), CoderV1Scene.NEW))
            .presses(Key.Name.ENTER)
            .passes(1);
    Golden.matches("v1-uninstall-120x40", Screens.render(walk.state, 120, 40));
    Golden.matches("v1-uninstall-80x24", Screens.render(walk.state, 80, 24));
  }
}
