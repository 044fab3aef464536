package dev.lockkeeper.trust;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The user who runs this program. */
final class Ourselves {
  private static final Path STATUS = Path.of("/proc/self/status");

  /** Nobody has this number. */
  private static final long NOBODY = -1;

  private Ourselves() {}

  /** Their number; a negative one, which owns nothing, where it cannot be found out. */
  static long uid() {
    try {
      return of(Files.readAllLines(STATUS)).orElse(NOBODY);
    } catch (IOException noSuchSystem) {
      // Java says 0, which is root, for a user without an entry in the list of users.
      UnixSystem user = new UnixSystem();
      return user.getUsername() == null ? NOBODY : user.getUid();
    }
  }

  /** The effective one of these, which new files get. */
  static Optional<Long> of(List<String> status) {
    return status.stream()
        .filter(line -> line.matches("Uid:\\s+\\d+\\s+\\d+\\s.*"))
        .map(line -> Long.valueOf(line.split("\\s+")[2]))
        .findFirst();
  }
}
