package dev.lockkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockkeeper.cli.Lockkeeper;
import dev.lockkeeper.worlds.PracticeProgram;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PracticeCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();

  @Test
  void theScenariosAreListedWithTheirTitles() throws Exception {
    assertThat(run("--list")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .hasSameSizeAs(PracticeProgram.find().scenarios().names())
        .first()
        .asString()
        .matches("upgrade +Upgrade Coder 2\\.26\\.6, where one replica holds a lock");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void anUnknownScenarioIsRefusedWithTheNamesOfAll() throws Exception {
    assertThat(run("upgarde")).isEqualTo(64);
    assertThat(err.toString()).startsWith("lockkeeper: there is no scenario \"upgarde\"");
    PracticeProgram.find()
        .scenarios()
        .titles()
        .forEach((name, title) -> assertThat(err.toString()).contains(name).contains(title));
    assertThat(out.size()).isZero();
  }

  private int run(String... words) {
    String[] arguments = new String[words.length + 1];
    arguments[0] = "practice";
    System.arraycopy(words, 0, arguments, 1, words.length);
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    return Lockkeeper.run(new Start(Map.of(), print, print), new PrintWriter(err, true), arguments);
  }
}
