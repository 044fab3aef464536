package dev.lockkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.view.Columns;

/** What a terminal may be shown: nothing in it acts. */
public final class Inert {
  /** Text that would act: OSC, CSI, C1, DEL, a bidirectional override, a line of its own. */
  public static final String HOSTILE =
      "\u001b]0;PWNED\u0007\u001b[2J\u009b31m\u0090\u007f\u202ereversed\u2066\u200b\rover\u2028\b";

  private Inert() {}

  /** Nothing in this text acts; its lines end as lines do. */
  public static void assertInert(String text) {
    assertThat(
            text.codePoints()
                .filter(letter -> letter != '\n' && Columns.width(letter) < 1)
                .mapToObj("U+%04X"::formatted)
                .toList())
        .as("what acts in: %s", text)
        .isEmpty();
  }
}
