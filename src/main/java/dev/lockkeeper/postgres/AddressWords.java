package dev.lockkeeper.postgres;

import dev.lockkeeper.postgres.DatabaseAddress.Host;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address of libpq's words. What the driver cannot be told is refused by name, with what to
 * write instead: an address that is followed in part leads somewhere else, or there with less
 * protection.
 */
final class AddressWords {
  private static final Pattern HOST =
      Pattern.compile(
          "(?<name>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.%a-z]+]|[0-9A-Fa-f]*:[0-9A-Fa-f:.%a-z]+)");

  /** A word that cannot be told to the driver, and what to do instead. */
  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("sslcrl", "the driver reads no revocation list"),
          Map.entry("sslcrldir", "the driver reads no revocation list"),
          Map.entry("sslcertmode", "name sslcert and sslkey, or leave them out"),
          Map.entry("sslkeylogfile", "it would write down the keys of the connection"),
          Map.entry("ssl_min_protocol_version", "set jdk.tls.client.protocols for Java instead"),
          Map.entry("ssl_max_protocol_version", "set jdk.tls.client.protocols for Java instead"),
          Map.entry("requirepeer", "it is about Unix sockets, which cannot be used here"),
          Map.entry("replication", "this program does not replicate"),
          Map.entry("scram_client_key", "give the password"),
          Map.entry("scram_server_key", "give the password"),
          Map.entry("oauth_issuer", "OAuth is not supported: give a password or a certificate"),
          Map.entry("oauth_client_id", "OAuth is not supported: give a password or a certificate"));

  private AddressWords() {}

  /**
   * The address that these words name; user, database and password may be missing.
   *
   * @throws DatabaseException if a word cannot be followed; the message quotes no password
   */
  static DatabaseAddress address(Map<String, String> given) throws DatabaseException {
    Map<String, String> words = new HashMap<>(given);
    words.values().removeIf(String::isEmpty);
    refuse(words);
    String names = taken(words, "host");
    List<Host> hosts = hosts(numbered(words, names), taken(words, "port"));
    String database = taken(words, "dbname");
    String user = taken(words, "user");
    return new DatabaseAddress(hosts, database, user, Secret.of(taken(words, "password")), words);
  }

  private static void refuse(Map<String, String> words) throws DatabaseException {
    for (Map.Entry<String, String> refused : REFUSED.entrySet()) {
      if (words.containsKey(refused.getKey())) {
        throw new DatabaseException(
            "The address says %s, which cannot be followed: %s."
                .formatted(refused.getKey(), refused.getValue()));
      }
    }
  }

  /** {@code hostaddr} is where to connect; the name beside it is what a certificate must say. */
  private static String numbered(Map<String, String> words, String names) throws DatabaseException {
    Optional<String> numbers = Optional.ofNullable(words.remove("hostaddr"));
    if (numbers.isPresent()
        && !names.isEmpty()
        && words.getOrDefault("sslmode", "").equals("verify-full")) {
      throw new DatabaseException(
          "The address says hostaddr beside host with sslmode=verify-full, and the driver can check"
              + " a certificate only against where it connects: leave out hostaddr and let the name"
              + " lead there (DNS or /etc/hosts), or use sslmode=verify-ca.");
    }
    return numbers.orElse(names.isEmpty() ? "localhost" : names);
  }

  private static List<Host> hosts(String names, String ports) throws DatabaseException {
    String[] nameList = names.split(",", -1);
    String[] portList = ports.split(",", -1);
    if (portList.length > 1 && portList.length != nameList.length) {
      throw new DatabaseException(
          "The address names %d hosts and %d ports: give one port, or one for each host."
              .formatted(nameList.length, portList.length));
    }
    List<Host> hosts = new ArrayList<>();
    for (int i = 0; i < nameList.length; i++) {
      hosts.add(host(nameList[i].strip(), portList[portList.length == 1 ? 0 : i].strip()));
    }
    return hosts;
  }

  private static Host host(String name, String port) throws DatabaseException {
    if (name.startsWith("/") || name.startsWith("@")) {
      throw new DatabaseException(
          "The address leads to the Unix socket %s, which cannot be used from here: give"
                  .formatted(name)
              + " host=127.0.0.1 and the port, and let pg_hba.conf take it (a host line).");
    }
    Matcher plain = HOST.matcher(name.isEmpty() ? "localhost" : name);
    if (!plain.matches() || !port.matches("\\d{0,5}")) {
      throw new DatabaseException(
          "A host or port of the address cannot be used: a host is a name, an IPv4 address or an"
              + " IPv6 address (in a URL in brackets), and a port is a number up to 65535.");
    }
    int number = port.isEmpty() ? DatabaseAddress.DEFAULT_PORT : Integer.parseInt(port);
    return new Host(plain.group("name").replaceAll("[\\[\\]]", ""), number);
  }

  private static String taken(Map<String, String> words, String word) {
    return Optional.ofNullable(words.remove(word)).orElse("");
  }
}
