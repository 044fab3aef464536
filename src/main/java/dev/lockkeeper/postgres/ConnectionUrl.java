package dev.lockkeeper.postgres;

import dev.lockkeeper.postgres.DatabaseAddress.Host;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a connection URL apart.
 *
 * <p>A password with raw special characters makes a URL ambiguous. The order is coderd's: first by
 * the rules; if it breaks them, what stands before the first {@code @} and after the last {@code :}
 * is a raw password. A reading that would take a piece of the password for a host or a database is
 * refused, so that no message can show it.
 */
final class ConnectionUrl {
  private static final Pattern SHAPE =
      Pattern.compile(
          "postgres(?:ql)?://(?:(?<login>[^/?#]*)@)?(?<hosts>[^/?#@]*)(?:/(?<database>[^?#@]*))?"
              + "(?:\\?(?<query>[^#@]*))?");

  /** What may stand unencoded before the {@code @}. */
  private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9\\-._~!$&'()*+,;=%:@]*");

  private static final Pattern HOST =
      Pattern.compile("(?<name>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.%a-z]+])(?::(?<port>\\d{0,5}))?");

  private ConnectionUrl() {}

  static DatabaseAddress parse(String text) throws DatabaseException {
    String url = text.strip();
    return strict(url)
        .or(() -> escaped(url).flatMap(ConnectionUrl::strict))
        .orElseThrow(ConnectionUrl::notUnderstood);
  }

  private static DatabaseException notUnderstood() {
    return new DatabaseException(
        "The connection URL cannot be understood: write it as"
            + " postgres://user:password@host:5432/database and percent-encode every special"
            + " character of the password.");
  }

  /** The URL with everything that coderd would take for the password percent-encoded. */
  private static Optional<String> escaped(String url) {
    int at = url.indexOf('@');
    int colon = url.lastIndexOf(':', at);
    if (at < 0 || colon <= url.indexOf("://")) {
      return Optional.empty();
    }
    String raw = url.substring(colon + 1, at);
    return Optional.of(url.substring(0, colon + 1) + encode(raw) + url.substring(at));
  }

  private static String encode(String raw) {
    return URLEncoder.encode(raw, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Optional<DatabaseAddress> strict(String url) {
    Matcher shape = SHAPE.matcher(url);
    if (!shape.matches()) {
      return Optional.empty();
    }
    String login = orEmpty(shape.group("login"));
    if (!LOGIN.matcher(login).matches()) {
      return Optional.empty();
    }
    try {
      return assemble(
          login,
          orEmpty(shape.group("hosts")),
          decode(orEmpty(shape.group("database"))),
          query(orEmpty(shape.group("query"))));
    } catch (IllegalArgumentException badEncoding) {
      return Optional.empty();
    }
  }

  private static Optional<DatabaseAddress> assemble(
      String login, String hosts, String path, Map<String, String> query) {
    int colon = login.indexOf(':');
    String user = decode(colon < 0 ? login : login.substring(0, colon));
    String password = colon < 0 ? "" : decode(login.substring(colon + 1));
    String servers = first(hosts, first(orEmpty(query.remove("host")), "localhost"));
    Optional<List<Host>> parsed = hosts(servers, orEmpty(query.remove("port")));
    String name = first(orEmpty(query.remove("dbname")), path);
    String role = first(orEmpty(query.remove("user")), user);
    Secret secret = Secret.of(first(orEmpty(query.remove("password")), password));
    return parsed.map(list -> new DatabaseAddress(list, name, role, secret, query));
  }

  /** Several servers stand in one list: {@code a:5432,b,[::1]:5433}. */
  static Optional<List<Host>> hosts(String names, String ports) {
    List<Host> hosts = new ArrayList<>();
    String[] portList = ports.split(",", -1);
    String[] nameList = names.split(",", -1);
    for (int i = 0; i < nameList.length; i++) {
      Matcher matcher = HOST.matcher(nameList[i].strip());
      if (!matcher.matches()) {
        return Optional.empty();
      }
      String beside = portList.length == 1 ? portList[0] : i < portList.length ? portList[i] : "";
      String port = first(orEmpty(matcher.group("port")), beside);
      if (!port.isEmpty() && !port.matches("\\d{1,5}")) {
        return Optional.empty();
      }
      String name = matcher.group("name").replaceAll("[\\[\\]]", "");
      hosts.add(
          new Host(name, port.isEmpty() ? DatabaseAddress.DEFAULT_PORT : Integer.parseInt(port)));
    }
    return Optional.of(hosts);
  }

  private static Map<String, String> query(String text) {
    Map<String, String> settings = new HashMap<>();
    for (String pair : text.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        settings.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return settings;
  }

  /** Percent-decoding alone: a plus sign is a plus sign. */
  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  private static String first(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }
}
