package dev.lockkeeper.story;

import dev.lockkeeper.files.RunbookFile;
import dev.lockkeeper.files.Runbooks;
import dev.lockkeeper.runbook.Runbook;
import dev.lockkeeper.runbook.Section;
import dev.lockkeeper.runbook.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Runbooks that stay as they are when a shipped one gets a step more. */
public final class Samples {
  private static final String FILE = "sample-upgrade.yaml";

  /**
   * The shipped steps of which screens are kept. It is written anew together with the screens, by
   * {@code -Dgolden=write}: until then a step that was added changes no picture of another step.
   */
  private static final Path KEPT =
      Path.of("src/test/resources/dev/lockkeeper/story/steps-on-screens.txt");

  private static final Set<String> ON_SCREENS = kept();
  private static final Runbook UPGRADE = read();

  private Samples() {}

  /** A runbook of the tests' own, for what the wizard does whatever a runbook says. */
  public static Runbook upgrade() {
    return UPGRADE;
  }

  /** A shipped runbook as the kept screens show it: its own words, and no step that came later. */
  public static Runbook onScreens(String name) {
    Runbook shipped = RunbookFile.bundled(name);
    List<Section> sections =
        shipped.sections().stream()
            .map(
                section ->
                    new Section(
                        section.number(),
                        section.title(),
                        section.steps().stream()
                            .filter(step -> ON_SCREENS.contains(line(shipped, step)))
                            .toList()))
            .toList();
    return new Runbook(shipped.name(), shipped.title(), shipped.needsTarget(), sections);
  }

  private static String line(Runbook runbook, Step step) {
    return runbook.name() + " " + step.id();
  }

  private static Set<String> kept() {
    try {
      if ("write".equals(System.getProperty("golden"))) {
        Files.write(KEPT, shipped());
      }
      return Set.copyOf(Files.readAllLines(KEPT));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> shipped() {
    return Runbooks.names().stream()
        .map(RunbookFile::bundled)
        .flatMap(runbook -> runbook.steps().map(step -> line(runbook, step)))
        .toList();
  }

  private static Runbook read() {
    try (InputStream in = Samples.class.getResourceAsStream(FILE)) {
      return RunbookFile.read(FILE, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
