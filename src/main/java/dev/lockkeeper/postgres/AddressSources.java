package dev.lockkeeper.postgres;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where an address comes from: what was said on the command line, then {@code
 * CODER_PG_CONNECTION_URL}, then libpq's {@code PG*} variables. A missing user, password or
 * database is completed as libpq does.
 *
 * @param environment the environment variables
 * @param home the user's home directory, where {@code .pgpass} and {@code .pg_service.conf} are
 * @param login the name under which the user is logged in
 */
public record AddressSources(Map<String, String> environment, Path home, String login) {
  /** The variable that coderd itself reads. */
  public static final String CODER_URL = "CODER_PG_CONNECTION_URL";

  private static final Map<String, String> VARIABLES =
      Map.ofEntries(
          Map.entry("PGHOST", "host"),
          Map.entry("PGHOSTADDR", "hostaddr"),
          Map.entry("PGPORT", "port"),
          Map.entry("PGDATABASE", "dbname"),
          Map.entry("PGUSER", "user"),
          Map.entry("PGPASSWORD", "password"),
          Map.entry("PGSSLMODE", "sslmode"),
          Map.entry("PGSSLROOTCERT", "sslrootcert"),
          Map.entry("PGSSLCERT", "sslcert"),
          Map.entry("PGSSLKEY", "sslkey"),
          Map.entry("PGSSLCRL", "sslcrl"),
          Map.entry("PGSSLCRLDIR", "sslcrldir"),
          Map.entry("PGSSLNEGOTIATION", "sslnegotiation"),
          Map.entry("PGSSLMINPROTOCOLVERSION", "ssl_min_protocol_version"),
          Map.entry("PGSSLMAXPROTOCOLVERSION", "ssl_max_protocol_version"),
          Map.entry("PGREQUIREAUTH", "require_auth"),
          Map.entry("PGCHANNELBINDING", "channel_binding"),
          Map.entry("PGREQUIREPEER", "requirepeer"),
          Map.entry("PGGSSENCMODE", "gssencmode"),
          Map.entry("PGKRBSRVNAME", "krbsrvname"),
          Map.entry("PGOPTIONS", "options"),
          Map.entry("PGTARGETSESSIONATTRS", "target_session_attrs"));

  public AddressSources {
    environment = Map.copyOf(environment);
  }

  /** The environment of this process. */
  public static AddressSources ofProcess() {
    return new AddressSources(
        System.getenv(),
        Path.of(System.getProperty("user.home", "/")),
        System.getProperty("user.name", ""));
  }

  /**
   * The first address that somebody named.
   *
   * @param option the URL from the command line, if one was given
   * @return the address, or empty when nobody named one
   * @throws DatabaseException if what was named cannot be understood
   */
  public Optional<DatabaseAddress> find(Optional<String> option) throws DatabaseException {
    Optional<String> written = option.or(() -> variable(CODER_URL));
    if (written.isPresent()) {
      return Optional.of(complete(AddressWords.address(withDefaults(words(written.get())))));
    }
    boolean named =
        Stream.of("PGHOST", "PGHOSTADDR", "PGSERVICE", "PGDATABASE")
            .anyMatch(name -> variable(name).isPresent());
    if (!named) {
      return Optional.empty();
    }
    Map<String, String> words = withDefaults(new HashMap<>());
    // A URL without sslmode means coderd's default; these variables mean libpq's.
    words.putIfAbsent("sslmode", "prefer");
    return Optional.of(complete(AddressWords.address(words)));
  }

  /** A URL, or libpq's {@code keyword=value} list. */
  private static Map<String, String> words(String written) throws DatabaseException {
    String text = written.strip();
    return Conninfo.looksLike(text) && !ConnectionUrl.looksLike(text.split("=", 2)[0])
        ? Conninfo.words(text)
        : ConnectionUrl.words(text);
  }

  /**
   * What is not said is looked for in the variables and then in the service's section, which counts
   * less than a variable here as little as it does for libpq.
   */
  private Map<String, String> withDefaults(Map<String, String> said) throws DatabaseException {
    Map<String, String> words = new HashMap<>(said);
    Optional<String> file =
        Optional.ofNullable(words.remove("servicefile")).or(() -> variable("PGSERVICEFILE"));
    Optional<String> service =
        Optional.ofNullable(words.remove("service")).or(() -> variable("PGSERVICE"));
    if (service.isPresent()) {
      Path place = file.map(Path::of).orElse(home.resolve(".pg_service.conf"));
      ServiceFile.find(place, service.get()).forEach(words::putIfAbsent);
    }
    VARIABLES.forEach(
        (name, word) -> variable(name).ifPresent(value -> words.putIfAbsent(word, value)));
    return words;
  }

  /**
   * The address with what it does not say: user, database and password, in libpq's way.
   *
   * @throws DatabaseException if the password file may be read by others
   */
  public DatabaseAddress complete(DatabaseAddress address) throws DatabaseException {
    String user = first(address.user(), variable("PGUSER").orElse(login));
    String database = first(address.database(), variable("PGDATABASE").orElse(user));
    DatabaseAddress named =
        new DatabaseAddress(
            address.hosts(), database, user, address.password(), address.settings());
    if (!named.password().isEmpty()) {
      return named;
    }
    Secret given = Secret.of(variable("PGPASSWORD").orElse(""));
    return named.withPassword(
        given.isEmpty() ? PasswordFile.find(passwordFile(address), named) : given);
  }

  private Path passwordFile(DatabaseAddress address) {
    return Optional.ofNullable(address.settings().get("passfile"))
        .or(() -> variable("PGPASSFILE"))
        .map(Path::of)
        .orElse(home.resolve(".pgpass"));
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  private static String first(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }
}
