package dev.lockkeeper.story;

import dev.lockkeeper.files.RunbookFile;
import dev.lockkeeper.runbook.Runbook;
import dev.lockkeeper.runbook.Section;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** Runbooks that stay as they are when a shipped one gets a step more. */
public final class Samples {
  private static final String FILE = "sample-upgrade.yaml";

  /** The shipped steps of the upgrade of which screens are kept. */
  private static final Set<String> ON_SCREENS =
      Set.of(
          "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "2.1", "2.2", "2.3", "3.1", "3.2", "3.3", "4.1",
          "4.1h", "4.2h", "4.2", "4.3", "4.3h", "4.4", "5.1", "5.2", "6.1h", "6.1", "6.2", "6.3");

  private static final Runbook UPGRADE = read();
  private static final Runbook SCREENS = cut(RunbookFile.bundled("coder-upgrade"));

  private Samples() {}

  /** A runbook of the tests' own, for what the wizard does whatever a runbook says. */
  public static Runbook upgrade() {
    return UPGRADE;
  }

  /** The shipped upgrade as screens show it: its own words, and no step that came later. */
  public static Runbook onScreens() {
    return SCREENS;
  }

  private static Runbook read() {
    try (InputStream in = Samples.class.getResourceAsStream(FILE)) {
      return RunbookFile.read(FILE, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Runbook cut(Runbook shipped) {
    List<Section> sections =
        shipped.sections().stream()
            .map(
                section ->
                    new Section(
                        section.number(),
                        section.title(),
                        section.steps().stream()
                            .filter(step -> ON_SCREENS.contains(step.id()))
                            .toList()))
            .toList();
    return new Runbook(shipped.name(), shipped.title(), shipped.needsTarget(), sections);
  }
}
