package dev.lockkeeper.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.story.Recoveries;
import dev.lockkeeper.story.Story;
import org.junit.jupiter.api.Test;

class RecoveryTranscriptTest {
  @Test
  void dump() {
    for (Story s :
        java.util.List.of(
            Recoveries.asksToEnd(),
            Recoveries.ended(),
            Recoveries.smallCuresAreOver(),
            Recoveries.takesDown())) {
      System.out.println(Screens.render(s.state(), 120, 40).text());
    }
    try {
      System.out.println(Screens.render(Recoveries.atZero().state(), 120, 40).text());
    } catch (Throwable t) {
      t.printStackTrace(System.out);
    }
    assertThat(1).isEqualTo(1);
  }
}
