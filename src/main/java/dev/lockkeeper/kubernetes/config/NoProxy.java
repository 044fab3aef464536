package dev.lockkeeper.kubernetes.config;

import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The hosts to which no proxy leads, by the rules that kubectl and Helm go by: this machine itself
 * never; else a list of names with what is below them ({@code .name} only what is below),
 * addresses, ranges of addresses, each with a port if it means only that one; or {@code *} for all.
 *
 * @param entries the list's entries, in small letters
 */
record NoProxy(List<String> entries) {
  NoProxy {
    entries = List.copyOf(entries);
  }

  static NoProxy of(String list) {
    return new NoProxy(
        Arrays.stream(list.toLowerCase(Locale.ROOT).split(","))
            .map(String::strip)
            .filter(entry -> !entry.isEmpty())
            .toList());
  }

  boolean covers(URI server) {
    int port = server.getPort() > 0 ? server.getPort() : usualPort(server.getScheme());
    String host = unbracketed(server.getHost()).toLowerCase(Locale.ROOT);
    Optional<InetAddress> address = address(host);
    return host.equals("localhost")
        || address.filter(InetAddress::isLoopbackAddress).isPresent()
        || entries.contains("*")
        || entries.stream().anyMatch(entry -> covers(entry, host, address, port));
  }

  private static boolean covers(
      String entry, String host, Optional<InetAddress> address, int port) {
    if (entry.contains("/")) {
      return address.filter(there -> within(entry, there)).isPresent();
    }
    boolean ported = entry.matches("\\[.*]:\\d+|[^:]*:\\d*");
    String name = ported ? entry.substring(0, entry.lastIndexOf(':')) : entry;
    String wanted = ported ? entry.substring(entry.lastIndexOf(':') + 1) : "";
    if (!wanted.isEmpty() && !wanted.equals(Integer.toString(port))) {
      return false;
    }
    Optional<InetAddress> named = address(unbracketed(name));
    return named.isPresent() ? named.equals(address) : below(name, host);
  }

  private static boolean below(String name, String host) {
    String wanted = ascii(name.startsWith("*.") ? name.substring(1) : name);
    if (wanted.isEmpty()) {
      return false;
    }
    return wanted.startsWith(".")
        ? host.endsWith(wanted)
        : host.equals(wanted) || host.endsWith("." + wanted);
  }

  private static String ascii(String name) {
    try {
      return name.startsWith(".") ? "." + IDN.toASCII(name.substring(1)) : IDN.toASCII(name);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }

  /** Whether an address is in a range such as {@code 10.0.0.0/8}. */
  private static boolean within(String range, InetAddress there) {
    String[] parts = range.split("/", 2);
    Optional<InetAddress> base = address(parts[0]);
    if (base.isEmpty() || !parts[1].matches("\\d{1,3}")) {
      return false;
    }
    byte[] first = base.get().getAddress();
    byte[] other = there.getAddress();
    int bits = Integer.parseInt(parts[1]);
    if (first.length != other.length || bits > 8 * first.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % 8;
      if ((first[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  /** An address as it is written; a name is never asked for. */
  private static Optional<InetAddress> address(String host) {
    boolean literal = host.matches("\\d{1,3}(\\.\\d{1,3}){3}") || host.matches("[0-9a-f:.]*:.*");
    try {
      return literal ? Optional.of(InetAddress.getByName(host)) : Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static int usualPort(String scheme) {
    return scheme.equals("http") ? 80 : 443;
  }
}
