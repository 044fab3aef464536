package dev.lockkeeper.postgres;

import dev.lockkeeper.snapshot.CoderUrl;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where the Coder database is and how to enter it.
 *
 * <p>The text of a connection URL is taken apart here and never handed to the driver, whose
 * exceptions would quote the password. What this record shows of itself is host, port, database and
 * user.
 *
 * @param hosts where to connect, in the order to try
 * @param database the database's name
 * @param user the role
 * @param password its password; may be empty
 * @param settings libpq's words for everything else, such as {@code sslmode} and {@code
 *     search_path}
 */
public record DatabaseAddress(
    List<Host> hosts, String database, String user, Secret password, Map<String, String> settings) {
  public static final int DEFAULT_PORT = 5432;

  public DatabaseAddress {
    hosts = List.copyOf(hosts);
    settings = Map.copyOf(settings);
  }

  /**
   * One server.
   *
   * @param name a name or an address; an IPv6 address without brackets
   * @param port its port
   */
  public record Host(String name, int port) {
    @Override
    public String toString() {
      return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
    }
  }

  /**
   * Reads a {@code postgres://} or {@code postgresql://} URL as coderd does: a password with
   * special characters may stand in it percent-encoded or raw.
   *
   * @throws DatabaseException if it cannot be understood; the message quotes no part of it
   */
  public static DatabaseAddress parse(String url) throws DatabaseException {
    return ConnectionUrl.parse(url);
  }

  /** The same database with this password. */
  public DatabaseAddress withPassword(Secret secret) {
    return new DatabaseAddress(hosts, database, user, secret, settings);
  }

  /** The same database entered elsewhere, such as at the near end of a port-forward. */
  public DatabaseAddress at(String host, int port) {
    return new DatabaseAddress(List.of(new Host(host, port)), database, user, password, settings);
  }

  /** Another database of the same server. */
  DatabaseAddress to(String name) {
    return new DatabaseAddress(hosts, name, user, password, settings);
  }

  /** Whether this address itself sets the parameter for its sessions. */
  boolean sets(String parameter) {
    return AskedParameters.in(settings).containsKey(parameter);
  }

  /** What it says that is no secret, where it is Coder's own. */
  public CoderUrl asCoderUrl() {
    return AskedParameters.of(this);
  }

  /** The servers, as one would write them in a URL. */
  public String where() {
    return hosts.stream().map(Host::toString).collect(Collectors.joining(","));
  }

  @Override
  public String toString() {
    return user + "@" + where() + "/" + database;
  }
}
