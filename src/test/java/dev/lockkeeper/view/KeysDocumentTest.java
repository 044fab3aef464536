package dev.lockkeeper.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.wizard.Binding;
import dev.lockkeeper.wizard.KeyMap;
import dev.lockkeeper.wizard.PanelKey;
import dev.lockkeeper.wizard.PanelKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/KEYS.md comes from the table that the program itself obeys. */
class KeysDocumentTest {
  private static final Path FILE = Path.of("docs", "KEYS.md");

  @Test
  void theDocumentIsTheKeyTable() throws IOException {
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(FILE, document());
    }
    assertThat(Files.exists(FILE) ? Files.readString(FILE) : "")
        .as("%s (write it anew with -Dgolden=write)", FILE)
        .isEqualTo(document());
  }

  private static String document() {
    StringBuilder text = new StringBuilder();
    text.append(
        "# Keys\n\nMade from `KeyMap` and `PanelKeys` by `KeysDocumentTest`; do not edit by hand.\n\n");
    table(text, "Main screen", Binding.Place.WALK);
    text.append(
        "\nA key that does nothing at the moment says why, in the line above the keys.\n\n");
    table(text, "Before cluster and database are reached", Binding.Place.APPROACH);
    text.append("\n");
    table(text, "`lockkeeper watch`", Binding.Place.WATCH);
    panels(text);
    return text.append(
            """

            ## Questions

            | question | keys |
            |---|---|
            | read again | `enter` does it, `esc` does nothing |
            | disruptive | `←` `→` move between Cancel and the act, `enter` takes the one with the arrow, `esc` cancels; the focus starts on Cancel |
            | irreversible | type the value that is on the screen, then `enter`; `esc` cancels; withdrawn after 60 s |
            | an answer or a reason | type, `enter` writes it down, `esc` closes |
            | one of several | `↑` `↓` move, `enter` chooses, `esc` closes |
            | leave | `←` `→` move between Stay and Leave, `enter` takes the one with the arrow, `esc` stays |

            A key that is no answer says which keys are, and Enter says what a question still waits for: the dry run, its end that
            was not on the screen yet, or a phrase that is not the one asked for. `ctrl-c` closes what is asked and asks whether to
            leave. What is typed or pasted before a question about an act is on the screen is thrown away.

            ## What is typed

            | key | what it does |
            |---|---|
            | `←` `→` `ctrl-b` `ctrl-f` | one character back or on |
            | `alt-b` `alt-f` `ctrl-←` `ctrl-→` | one word back or on |
            | `home` `end` `ctrl-a` `ctrl-e` | to the begin or the end |
            | `backspace` `delete` `ctrl-d` | take out the character before or at the caret |
            | `ctrl-w` `alt-d` | take out the word before or after the caret |
            | `ctrl-u` `ctrl-k` | take out all before or after the caret |
            """)
        .toString();
  }

  private static void panels(StringBuilder text) {
    text.append("\n## An open panel\n\nThese come before the others while a panel is open.\n\n");
    text.append("| key | where | what it does |\n|---|---|---|\n");
    for (PanelKey key : PanelKeys.all()) {
      String keys = "`" + key.label().replace(" ", "` `") + "`";
      text.append("| %s | %s | %s |\n".formatted(keys, where(key), key.description()));
    }
    text.append(
        """

        The mouse wheel presses the arrow keys there, where the terminal can do that and
        `LOCKKEEPER_WHEEL` is not `off`. What is selected with the mouse stays the terminal's own; a zoomed
        panel has no borders at its sides.
        """);
  }

  private static String where(PanelKey key) {
    boolean rows = key.focuses().contains(PanelKey.Focus.ROWS);
    boolean text = key.focuses().contains(PanelKey.Focus.TEXT);
    return rows && text ? "everywhere" : rows ? "rows" : text ? "text behind a row" : "a log";
  }

  private static void table(StringBuilder text, String title, Binding.Place place) {
    text.append("## %s\n\n| key | what it does |\n|---|---|\n".formatted(title));
    for (Binding binding : KeyMap.bindings(place)) {
      String keys = "`" + binding.label().replace(" ", "` `") + "`";
      text.append("| %s | %s |\n".formatted(keys, binding.description(place)));
    }
  }
}
