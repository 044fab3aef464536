package dev.lockkeeper.postgres;

import dev.lockkeeper.trust.OrdinaryFile;
import dev.lockkeeper.trust.Unreadable;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.postgresql.PGProperty;
import org.postgresql.ssl.DefaultJavaSSLFactory;

/** Says to pgjdbc what an address says in libpq's words. */
final class DriverProperties {
  /** How our sessions are recognised, by us and by everybody else. */
  static final String APPLICATION = "lockkeeper";

  /**
   * Takes that name. It is said only where nobody stands between: a pooler gives the connection on
   * to somebody else, with the name that it was given, also by the first message.
   */
  static final String NAMING = "SET application_name = '" + APPLICATION + "'";

  /** Coder asks for this server at least. */
  private static final String OLDEST = "13";

  /** Seconds for a connection, and for any answer; longer than a statement may take. */
  static final int PATIENCE = 3;

  /** All authorities of a system fit into it. */
  private static final int LARGEST = 4 << 20;

  private static final Map<String, String> TARGETS =
      Map.of(
          "any", "any",
          "read-write", "primary",
          "primary", "primary",
          "read-only", "secondary",
          "standby", "secondary",
          "prefer-standby", "preferSecondary");

  private static final Set<String> MODES =
      Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

  private DriverProperties() {}

  /** The driver's own URL: nothing in it is secret. */
  static String url(DatabaseAddress address) {
    String database = URLEncoder.encode(address.database(), StandardCharsets.UTF_8);
    String where =
        address.hosts().stream()
            .map(host -> new DatabaseAddress.Host(spelledOut(host.name()), host.port()).toString())
            .collect(Collectors.joining(","));
    return "jdbc:postgresql://" + where + "/" + database;
  }

  /** Java writes the IPv6 addresses of a certificate so, and the driver compares the letters. */
  private static String spelledOut(String name) {
    try {
      return name.contains(":") ? InetAddress.getByName(name).getHostAddress() : name;
    } catch (UnknownHostException noAddress) {
      return name;
    }
  }

  static Properties of(DatabaseAddress address) throws DatabaseException {
    Properties properties = new Properties();
    PGProperty.USER.set(properties, address.user());
    PGProperty.PASSWORD.set(properties, address.password().reveal());
    PGProperty.APPLICATION_NAME.set(properties, "");
    // The driver would say even no name by a SET of its own otherwise.
    PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, OLDEST);
    patience(properties);
    // One message, one round trip, nothing prepared on the server: a pooler may sit between.
    PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
    // Only takes effect where setReadOnly(true) is called: never through a pooler.
    PGProperty.READ_ONLY_MODE.set(properties, "always");
    Map<String, String> settings = address.settings();
    set(properties, PGProperty.CURRENT_SCHEMA, settings.get("search_path"));
    set(properties, PGProperty.OPTIONS, settings.get("options"));
    set(properties, PGProperty.TARGET_SERVER_TYPE, target(settings));
    set(properties, PGProperty.GSS_ENC_MODE, settings.get("gssencmode"));
    set(properties, PGProperty.KERBEROS_SERVER_NAME, settings.get("krbsrvname"));
    set(properties, PGProperty.CHANNEL_BINDING, settings.get("channel_binding"));
    set(properties, PGProperty.REQUIRE_AUTH, settings.get("require_auth"));
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

  private static String target(Map<String, String> settings) throws DatabaseException {
    return known(
        "target_session_attrs",
        settings.getOrDefault("target_session_attrs", "any"),
        TARGETS.keySet(),
        TARGETS::get);
  }

  private static String known(
      String word, String value, Set<String> all, UnaryOperator<String> told)
      throws DatabaseException {
    if (!all.contains(value)) {
      throw new DatabaseException(
          "The address says %s=%s: it can be %s."
              .formatted(word, value, String.join(", ", new TreeSet<>(all))));
    }
    return told.apply(value);
  }

  /**
   * Without {@code sslmode} a URL means what it means to coderd: encrypt, and do not ask for a
   * certificate. As with libpq, {@code require} beside a root certificate checks it.
   */
  private static void encryption(Properties properties, Map<String, String> settings)
      throws DatabaseException {
    Optional<String> root = Optional.ofNullable(settings.get("sslrootcert"));
    String mode =
        known(
            "sslmode",
            settings.getOrDefault("sslmode", "require"),
            MODES,
            UnaryOperator.identity());
    if (!mode.equals("disable")) {
      set(properties, PGProperty.SSL_NEGOTIATION, settings.get("sslnegotiation"));
      set(properties, PGProperty.SSL_PASSWORD, settings.get("sslpassword"));
      set(properties, PGProperty.SSL_CERT, file(settings, "sslcert"));
      String key = file(settings, "sslkey");
      set(properties, PGProperty.SSL_KEY, key);
      if (key != null) {
        PGProperty.PEM_KEY_ALGORITHM.set(properties, PrivateKeyFile.algorithm(Path.of(key)));
      }
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
    if (path != null) {
      requireOrdinary(word, Path.of(path));
    }
    return path;
  }

  /** The driver opens it itself, and would wait for a pipe. */
  private static void requireOrdinary(String word, Path path) throws DatabaseException {
    try {
      OrdinaryFile.bytes(path, LARGEST);
    } catch (Unreadable e) {
      throw new DatabaseException(
          "The address names %s=%s, which cannot be used: %s. Name another file."
              .formatted(word, path, e.getMessage()));
    }
  }

  private static void set(Properties properties, PGProperty property, String value) {
    if (value != null) {
      property.set(properties, value);
    }
  }
}
