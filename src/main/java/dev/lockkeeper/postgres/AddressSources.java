package dev.lockkeeper.postgres;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
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
          Map.entry("PGPORT", "port"),
          Map.entry("PGDATABASE", "dbname"),
          Map.entry("PGUSER", "user"),
          Map.entry("PGPASSWORD", "password"),
          Map.entry("PGSSLMODE", "sslmode"),
          Map.entry("PGSSLROOTCERT", "sslrootcert"),
          Map.entry("PGSSLCERT", "sslcert"),
          Map.entry("PGSSLKEY", "sslkey"),
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
    Optional<String> url = option.or(() -> variable(CODER_URL));
    if (url.isPresent()) {
      return Optional.of(complete(DatabaseAddress.parse(url.get())));
    }
    boolean named =
        Stream.of("PGHOST", "PGSERVICE", "PGDATABASE").anyMatch(name -> variable(name).isPresent());
    return named ? Optional.of(complete(fromVariables())) : Optional.empty();
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
    return named.withPassword(given.isEmpty() ? PasswordFile.find(passwordFile(), named) : given);
  }

  /** A variable counts more than the service file, as it does for libpq. */
  private DatabaseAddress fromVariables() throws DatabaseException {
    Map<String, String> words = new HashMap<>();
    // A URL without sslmode means coderd's default; these variables mean libpq's.
    words.put("sslmode", "prefer");
    Optional<String> service = variable("PGSERVICE");
    if (service.isPresent()) {
      words.putAll(ServiceFile.find(serviceFile(), service.get()));
    }
    VARIABLES.forEach((name, word) -> variable(name).ifPresent(value -> words.put(word, value)));
    String names = Optional.ofNullable(words.remove("host")).orElse("localhost");
    String ports = Optional.ofNullable(words.remove("port")).orElse("");
    List<DatabaseAddress.Host> hosts =
        ConnectionUrl.hosts(names, ports)
            .orElseThrow(
                () ->
                    new DatabaseException(
                        "PGHOST or PGPORT cannot be used: give a host name and a port number; Unix"
                            + " sockets are not supported."));
    String database = Optional.ofNullable(words.remove("dbname")).orElse("");
    String user = Optional.ofNullable(words.remove("user")).orElse("");
    Secret password = Secret.of(Optional.ofNullable(words.remove("password")).orElse(""));
    return new DatabaseAddress(hosts, database, user, password, words);
  }

  private Path passwordFile() {
    return variable("PGPASSFILE").map(Path::of).orElse(home.resolve(".pgpass"));
  }

  private Path serviceFile() {
    return variable("PGSERVICEFILE").map(Path::of).orElse(home.resolve(".pg_service.conf"));
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  private static String first(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }
}
