package dev.lockkeeper.postgres;

import dev.lockkeeper.trust.OrdinaryFile;
import dev.lockkeeper.trust.Unreadable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** libpq's service file: sections of {@code key=value} lines under {@code [name]}. */
final class ServiceFile {
  /** Thousands of services fit into it. */
  private static final int LARGEST = 1 << 20;

  private ServiceFile() {}

  /**
   * The settings of one service.
   *
   * @throws DatabaseException if the file cannot be read or has no such section
   */
  static Map<String, String> find(Path file, String service) throws DatabaseException {
    Map<String, String> settings = new HashMap<>();
    boolean inside = false;
    boolean found = false;
    for (String line : lines(file, service)) {
      String text = line.strip();
      if (text.startsWith("[")) {
        inside = text.equals("[" + service + "]");
        found |= inside;
      } else if (inside && !text.startsWith("#") && text.indexOf('=') > 0) {
        int equals = text.indexOf('=');
        settings.put(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
      }
    }
    if (!found) {
      throw missing(file, service);
    }
    return settings;
  }

  private static Iterable<String> lines(Path file, String service) throws DatabaseException {
    if (!Files.exists(file)) {
      throw missing(file, service);
    }
    try {
      return OrdinaryFile.lines(file, LARGEST);
    } catch (Unreadable e) {
      throw new DatabaseException(
          "The service file %s cannot be used: %s. Correct it, or unset PGSERVICE."
              .formatted(file, e.getMessage()));
    }
  }

  private static DatabaseException missing(Path file, String service) {
    return new DatabaseException(
        "The service " + service + " is not defined in " + file + ": add it or unset PGSERVICE.");
  }
}
