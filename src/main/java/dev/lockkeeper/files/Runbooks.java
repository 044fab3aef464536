package dev.lockkeeper.files;

import dev.lockkeeper.parsing.Malformed;
import dev.lockkeeper.runbook.Runbook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The runbooks that can be walked: the bundled ones by name, anybody's own by file. */
public final class Runbooks {
  static final String NAME = "[a-z][a-z0-9-]{0,40}";

  /** In the order in which they are shown; those that are not part of a build are left out. */
  private static final List<String> ORDER =
      List.of("coder-upgrade", "coder-probes", "coder-recovery", "coder-v1", "helm-pending");

  private Runbooks() {}

  /**
   * A runbook and how it is found again.
   *
   * @param reference the name of a bundled one, or the absolute path of a file
   * @param runbook it
   */
  public record Found(String reference, Runbook runbook) {}

  /** The names of the bundled runbooks. */
  public static List<String> names() {
    return ORDER.stream().filter(RunbookFile::isBundled).toList();
  }

  /**
   * Finds a runbook.
   *
   * @param reference the name of a bundled one, or the path of a YAML file
   * @throws Malformed naming file, line and what is wrong, or that there is none
   */
  public static Found find(String reference) {
    if (reference.matches(NAME)) {
      return new Found(reference, RunbookFile.bundled(reference));
    }
    Path path = Path.of(reference).toAbsolutePath().normalize();
    return new Found(path.toString(), RunbookFile.read(path.toString(), text(path)));
  }

  private static String text(Path path) {
    if (!Files.exists(path)) {
      throw new Malformed("there is no runbook " + path);
    }
    return OwnText.of(path);
  }
}
