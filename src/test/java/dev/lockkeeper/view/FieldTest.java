package dev.lockkeeper.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is typed into, however long it is and wherever the caret stands. */
class FieldTest {
  private static Line field(String before, String after, int width) {
    return Inputs.field(Shown.of(before), Shown.of(after), width);
  }

  private static String caret(Line line) {
    return line.spans().stream()
        .filter(span -> span.style() == Style.CARET)
        .map(span -> span.shown().text())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theCaretStandsBehindWhatWasTypedOrOnWhatItIsBefore() {
    assertThat(field("snap", "", 40).text()).isEqualTo("> snap_");
    assertThat(field("sn", "ap", 40).text()).isEqualTo("> snap");
    assertThat(caret(field("sn", "ap", 40))).isEqualTo("a");
  }

  @Test
  void aLongAnswerScrollsSidewaysAndTheCaretIsAlwaysSeen() {
    String whole = "0123456789".repeat(12) + "界".repeat(20) + "0123456789";
    for (int at = 0; at <= whole.length(); at++) {
      Line line = field(whole.substring(0, at), whole.substring(at), 40);
      assertThat(line.columns()).as("caret at %d", at).isLessThanOrEqualTo(40);
      assertThat(caret(line)).isEqualTo(at == whole.length() ? "_" : whole.substring(at, at + 1));
    }
    assertThat(field(whole, "", 40).text()).startsWith("> …").endsWith("0123456789_");
    assertThat(field("", whole, 40).text()).startsWith("> 012345").endsWith("…");
  }
}
