package dev.lockkeeper.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What is asked of the server: each is the {@code .sql} file of its name. */
enum Question {
  SERVER,
  SYSTEM_IDENTIFIER,
  SEARCH_PATH,
  SESSIONS,
  LOCKS,
  WAITS,
  PREPARED,
  SCHEMA_TABLES,
  CODER_ROLES,
  OTHER_TABLES,
  SCHEMA_VERSION,
  GROWTH,
  SLOTS,
  REPLICAS,
  BUILDS,
  ACTIVE_USERS,
  CONNECTED_AGENTS,
  TABLES,
  API_KEYS,
  API_KEYS_ESTIMATE,
  SETTINGS,
  SETTINGS_FILES,
  LOCK_ROOM,
  OWNERS,
  STANDINGS,
  BACKUPS,
  INVALID_INDEXES;

  /** The statement. */
  String sql() {
    return read(name().toLowerCase(Locale.ROOT) + ".sql");
  }

  static String read(String file) {
    try (InputStream text = Question.class.getResourceAsStream(file)) {
      if (text == null) {
        throw new IllegalStateException(file + " is not on the class path");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
