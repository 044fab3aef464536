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
  /** PostgreSQL 14 began to say since when a lock is waited for. */
  LOCKS(140000),
  WAITS,
  PREPARED,
  SCHEMA_TABLES,
  OTHER_TABLES,
  SCHEMA_VERSION,
  GROWTH,
  SLOTS,
  REPLICAS,
  USAGE,
  TABLES,
  API_KEYS,
  API_KEYS_ESTIMATE;

  /** The server versions from which another file holds the question, newest first. */
  private final int[] newerFrom;

  Question(int... newerFrom) {
    this.newerFrom = newerFrom;
  }

  /** The statement for a server of this {@code server_version_num}. */
  String sql(int serverVersion) {
    for (int version : newerFrom) {
      if (serverVersion >= version) {
        return read(fileName() + "_" + version + ".sql");
      }
    }
    return read(fileName() + ".sql");
  }

  private String fileName() {
    return name().toLowerCase(Locale.ROOT);
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
