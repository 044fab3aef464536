package dev.lockkeeper.story;

import dev.lockkeeper.view.Golden;
import dev.lockkeeper.view.Screens;
import dev.lockkeeper.wizard.Key;
import org.junit.jupiter.api.Test;

/** Moments of a Coder v1, as an operator sees them. */
class LegacyScreensTest {
  @Test
  void theQuestionOfTheUninstallationLooksAsItDid() {
    LegacyWalk walk =
        LegacyWalk.uninstalls(LegacyWalk.begins(Samples.onScreens("coder-v1"), LegacyWorld.NEW))
            .presses(Key.Name.ENTER)
            .passes(1);
    Golden.matches("v1-uninstall-120x40", Screens.render(walk.state, 120, 40));
    Golden.matches("v1-uninstall-80x24", Screens.render(walk.state, 80, 24));
  }
}
