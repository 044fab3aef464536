package dev.lockkeeper.practice.coderd;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * Where Coder's database is. The password stays out of {@link #toString}.
 *
 * @param host the host
 * @param port the port
 * @param database the database
 * @param user the role
 * @param password its password
 */
public record DatabaseAddress(
    String host, int port, String database, String user, String password) {

  /**
   * Reads {@code postgres://user:password@host:port/database?...}.
   *
   * @throws IllegalArgumentException when it is not such a URL; the text of it is not repeated
   */
  public static DatabaseAddress parse(String url) {
    try {
      URI uri = URI.create(url);
      String[] login = uri.getRawUserInfo().split(":", 2);
      return new DatabaseAddress(
          uri.getHost(),
          uri.getPort() < 0 ? 5432 : uri.getPort(),
          uri.getPath().substring(1),
          decode(login[0]),
          decode(login[1]));
    } catch (RuntimeException unreadable) {
      // The cause would quote the password.
      throw new IllegalArgumentException("not a PostgreSQL URL");
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** The URL as an operator would find it in the Secret. */
  public String url() {
    return "postgres://"
        + user
        + ":"
        + password
        + "@"
        + host
        + ":"
        + port
        + "/"
        + database
        + "?sslmode=disable";
  }

  String jdbcUrl() {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database;
  }

  Properties login() {
    Properties login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password);
    return login;
  }

  @Override
  public String toString() {
    return user + "@" + host + ":" + port + "/" + database;
  }
}
