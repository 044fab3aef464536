package dev.lockkeeper.postgres;

import dev.lockkeeper.postgres.DatabaseAddress.Host;
import dev.lockkeeper.trust.OrdinaryFile;
import dev.lockkeeper.trust.Unreadable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * libpq's password file: lines of {@code host:port:database:user:password}, in which {@code *}
 * stands for anything and a backslash makes a colon or a backslash plain. The first line that fits
 * counts.
 */
final class PasswordFile {
  private static final int FIELDS = 5;

  /** Thousands of passwords fit into it. */
  private static final int LARGEST = 1 << 20;

  private PasswordFile() {}

  /**
   * The password for this address, or none when the file is absent or has no such line.
   *
   * @throws DatabaseException if others may read the file, or it is none: libpq would ignore it, so
   *     that its passwords would silently not count
   */
  static Secret find(Path file, DatabaseAddress address) throws DatabaseException {
    if (!Files.exists(file)) {
      return Secret.none();
    }
    List<String> lines = lines(file);
    if (!lines.isEmpty()) {
      requirePrivate(file);
    }
    for (String line : lines) {
      List<String> fields = line.startsWith("#") ? List.of() : fields(line);
      if (fields.size() == FIELDS && fits(fields, address)) {
        return Secret.of(fields.get(FIELDS - 1));
      }
    }
    return Secret.none();
  }

  private static void requirePrivate(Path file) throws DatabaseException {
    try {
      Set<PosixFilePermission> granted = Files.getPosixFilePermissions(file);
      if (granted.stream().anyMatch(right -> !right.name().startsWith("OWNER_"))) {
        throw new DatabaseException(
            "The password file " + file + " may be read by others: run chmod 0600 " + file + ".");
      }
    } catch (IOException | UnsupportedOperationException e) {
      throw unusable(file, "whose it is cannot be found out");
    }
  }

  private static List<String> lines(Path file) throws DatabaseException {
    try {
      return OrdinaryFile.lines(file, LARGEST);
    } catch (Unreadable e) {
      throw unusable(file, e.getMessage());
    }
  }

  private static DatabaseException unusable(Path file, String why) {
    return new DatabaseException(
        "The password file %s cannot be used: %s. Correct or remove it, or name another by PGPASSFILE."
            .formatted(file, why));
  }

  private static boolean fits(List<String> fields, DatabaseAddress address) {
    return address.hosts().stream().anyMatch(host -> fits(fields, host))
        && fits(fields.get(2), address.database())
        && fits(fields.get(3), address.user());
  }

  private static boolean fits(List<String> fields, Host host) {
    return fits(fields.get(0), host.name()) && fits(fields.get(1), String.valueOf(host.port()));
  }

  private static boolean fits(String pattern, String value) {
    return pattern.equals("*") || pattern.equals(value);
  }

  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && i + 1 < line.length()) {
        field.append(line.charAt(++i));
      } else if (c == ':' && fields.size() < FIELDS - 1) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
