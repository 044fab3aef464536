package dev.lockkeeper.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Folders for moments, the only ones that this program makes: they are named for the process that
 * made them, so that whoever comes later knows whether it still needs them.
 */
public enum Scratch {
  /** For what a helm is asked, in the folder of its runs. */
  LOOK("look-"),
  /** For what {@code check} asks a helm, in the folder of temporary files. */
  CHECK("lockkeeper-check-"),
  /** For what is unpacked to take the terminal. */
  TERMINAL("lockkeeper-terminal-"),
  /** For a kubeconfig that leads nowhere. */
  WARM_UP("lockkeeper-warm-up-"),
  /** For programs and databases that are being made ready, in the folder where they are kept. */
  UNPACKING("unpacking-");

  private static final FileAttribute<?> OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** No question to a helm lasts nearly as long. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private final String prefix;
  private final Pattern name;

  Scratch(String prefix) {
    this.prefix = prefix;
    this.name = Pattern.compile(Pattern.quote(prefix) + "([0-9a-f]*)-([0-9]+)-([0-9]+)-.*");
  }

  /** A new one that only its owner may enter. */
  public Path in(Path folder) throws IOException {
    ProcessName self = ProcessName.of(ProcessHandle.current().pid());
    return Files.createTempDirectory(
        folder,
        "%s%s-%d-%d-".formatted(prefix, ProcessName.place(), self.pid(), self.started()),
        OWNER);
  }

  /** Whether it is called like one. */
  public boolean named(Path folder) {
    return folder.getFileName().toString().startsWith(prefix);
  }

  /** Whether it is such a folder of this user, and the process that made it is gone. */
  public boolean abandoned(Path folder) {
    Matcher found = name.matcher(folder.getFileName().toString());
    return found.matches()
        && ours(folder)
        && (!found.group(1).isEmpty() && found.group(1).equals(ProcessName.place())
            ? ProcessName.parse(found.group(2) + " " + found.group(3))
                .filter(maker -> !maker.alive())
                .isPresent()
            : old(folder));
  }

  /** What was made in another place cannot be seen from here, and lasts for moments only. */
  private static boolean old(Path folder) {
    try {
      Instant made = Files.getLastModifiedTime(folder).toInstant();
      return made.isBefore(Instant.now().minus(LONGEST));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean ours(Path folder) {
    try {
      return Trusted.closed(folder);
    } catch (IOException somebodyElses) {
      return false;
    }
  }
}
