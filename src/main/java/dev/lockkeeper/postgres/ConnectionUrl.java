package dev.lockkeeper.postgres;

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
      Pattern.compile(
          "(?<name>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.%a-z]+]|(?:%2[Ff][A-Za-z0-9._-]+)+)(?::(?<port>\\d{0,5}))?");

  private ConnectionUrl() {}

  /** Whether the text is written as a URL. */
  static boolean looksLike(String text) {
    return text.contains("://");
  }

  /** The address that a URL names by itself, as coderd reads it. */
  static DatabaseAddress parse(String text) throws DatabaseException {
    return AddressWords.address(words(text));
  }

  /**
   * What it says, in libpq's words; what it does not say is left out.
   *
   * @throws DatabaseException if it cannot be understood; the message quotes no part of it
   */
  static Map<String, String> words(String text) throws DatabaseException {
    String url = text.strip();
    return strict(url)
        .or(() -> escaped(url).flatMap(ConnectionUrl::strict))
        .orElseThrow(() -> notUnderstood(url));
  }

  /** A password is the trouble only where more than one piece could be it. */
  private static DatabaseException notUnderstood(String url) {
    String shape = "write it as postgres://user:password@host:5432/database";
    if (!url.matches("(?s)postgres(?:ql)?://.*")) {
      return new DatabaseException(
          "The database address is no URL of PostgreSQL: %s.".formatted(shape));
    }
    boolean password = url.chars().filter(c -> c == '@').count() > 1 || rawLogin(url);
    return new DatabaseException(
        password
            ? "The connection URL cannot be understood: "
                + shape
                + " and percent-encode every special character of the password (%40 for @)."
            : "The connection URL cannot be understood: "
                + shape
                + ", with a host name, an IPv4 address or an IPv6 address in brackets, and a port"
                + " that is a number.");
  }

  /** Whether what stands before the @ has characters that a URL cannot have there. */
  private static boolean rawLogin(String url) {
    int at = url.indexOf('@');
    return at >= 0 && !LOGIN.matcher(url.substring(url.indexOf("://") + 3, at)).matches();
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

  private static Optional<Map<String, String>> strict(String url) {
    Matcher shape = SHAPE.matcher(url);
    if (!shape.matches()) {
      return Optional.empty();
    }
    String login = orEmpty(shape.group("login"));
    if (!LOGIN.matcher(login).matches()) {
      return Optional.empty();
    }
    try {
      Map<String, String> words = query(orEmpty(shape.group("query")));
      words.putIfAbsent("dbname", decode(orEmpty(shape.group("database"))));
      int colon = login.indexOf(':');
      words.putIfAbsent("user", decode(colon < 0 ? login : login.substring(0, colon)));
      words.putIfAbsent("password", colon < 0 ? "" : decode(login.substring(colon + 1)));
      words.values().removeIf(String::isEmpty);
      return servers(orEmpty(shape.group("hosts")), words) ? Optional.of(words) : Optional.empty();
    } catch (IllegalArgumentException badEncoding) {
      return Optional.empty();
    }
  }

  /** Several servers stand in one list: {@code a:5432,b,[::1]:5433}, or a socket's folder. */
  private static boolean servers(String list, Map<String, String> words) {
    if (list.isEmpty()) {
      return true;
    }
    List<String> names = new ArrayList<>();
    List<String> ports = new ArrayList<>();
    for (String each : list.split(",", -1)) {
      Matcher matcher = HOST.matcher(each.strip());
      if (!matcher.matches()) {
        return false;
      }
      names.add(decode(matcher.group("name")));
      ports.add(orEmpty(matcher.group("port")));
    }
    words.put("host", String.join(",", names));
    if (ports.stream().anyMatch(port -> !port.isEmpty())) {
      words.put("port", String.join(",", ports));
    }
    return true;
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
}
