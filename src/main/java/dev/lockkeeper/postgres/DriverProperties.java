package dev.lockkeeper.postgres;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.PGProperty;
import org.postgresql.ssl.DefaultJavaSSLFactory;

/** Says to pgjdbc what an address says in libpq's words. */
final class DriverProperties {
  /** How our sessions are recognised, by us and by everybody else. */
  static final String APPLICATION = "lockkeeper";

  /** Seconds for a connection, and for any answer; longer than a statement may take. */
  static final int PATIENCE = 3;

  private static final Map<String, String> TARGETS =
      Map.of(
          "any", "any",
          "read-write", "primary",
          "primary", "primary",
          "read-only", "secondary",
          "standby", "secondary",
          "prefer-standby", "preferSecondary");

  private DriverProperties() {}

  /** The driver's own URL: nothing in it is secret. */
  static String url(DatabaseAddress address) {
    String database = URLEncoder.encode(address.database(), StandardCharsets.UTF_8);
    return "jdbc:postgresql://" + address.where() + "/" + database;
  }

  static Properties of(DatabaseAddress address) throws DatabaseException {
    Properties properties = new Properties();
    PGProperty.USER.set(properties, address.user());
    PGProperty.PASSWORD.set(properties, address.password().reveal());
    PGProperty.APPLICATION_NAME.set(properties, APPLICATION);
    patience(properties);
    // One message, one round trip, nothing prepared on the server: a pooler may sit between.
    PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
    // Only takes effect where setReadOnly(true) is called: never through a pooler.
    PGProperty.READ_ONLY_MODE.set(properties, "always");
    Map<String, String> settings = address.settings();
    set(properties, PGProperty.CURRENT_SCHEMA, settings.get("search_path"));
    set(properties, PGProperty.OPTIONS, settings.get("options"));
    set(properties, PGProperty.TARGET_SERVER_TYPE, target(settings));
    encryption(properties, settings);
    return properties;
  }

  private static void patience(Properties properties) {
    PGProperty.LOGIN_TIMEOUT.set(properties, PATIENCE);
    PGProperty.CONNECT_TIMEOUT.set(properties, PATIENCE);
    PGProperty.SOCKET_TIMEOUT.set(properties, PATIENCE);
    PGProperty.SSL_RESPONSE_TIMEOUT.set(properties, PATIENCE * 1000);
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
  }

  private static String target(Map<String, String> settings) {
    return TARGETS.get(settings.getOrDefault("target_session_attrs", "any"));
  }

  /**
   * Without {@code sslmode} a URL means what it means to coderd: encrypt, and do not ask for a
   * certificate. As with libpq, {@code require} beside a root certificate checks it.
   */
  private static void encryption(Properties properties, Map<String, String> settings)
      throws DatabaseException {
    Optional<String> root = Optional.ofNullable(settings.get("sslrootcert"));
    String mode = settings.getOrDefault("sslmode", "require");
    if (!mode.equals("disable")) {
      set(properties, PGProperty.SSL_CERT, file(settings, "sslcert"));
      set(properties, PGProperty.SSL_KEY, file(settings, "sslkey"));
      if (root.filter("system"::equals).isEmpty()) {
        set(properties, PGProperty.SSL_ROOT_CERT, file(settings, "sslrootcert"));
      }
    }
    PGProperty.SSL_MODE.set(
        properties, mode.equals("require") && root.isPresent() ? "verify-ca" : mode);
    if (mode.startsWith("verify") && root.filter(path -> !path.equals("system")).isEmpty()) {
      PGProperty.SSL_FACTORY.set(properties, DefaultJavaSSLFactory.class.getName());
    }
  }

  /** A certificate's path was often written for the pod. */
  private static String file(Map<String, String> settings, String word) throws DatabaseException {
    String path = settings.get(word);
    if (path != null && !Files.isReadable(Path.of(path))) {
      throw new DatabaseException(
          "The address names %s=%s, which is not on this machine (it may be a path inside the pod):"
                  .formatted(word, path)
              + " copy the file here and name its place.");
    }
    return path;
  }

  private static void set(Properties properties, PGProperty property, String value) {
    if (value != null) {
      property.set(properties, value);
    }
  }
}
