package dev.lockkeeper.snapshot;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the host of Coder's access URL leads. Two are asked, because they may differ: this machine
 * reads {@code /etc/hosts} and tries its search domains, and nobody else's does.
 *
 * @param host as it stands in the access URL
 * @param dns what name servers answer
 * @param machine what this machine's own resolver answers
 */
public record HostLookup(String host, Answer dns, Answer machine) {
  /** With or without the rest of a URL; what may be a password in it is passed over. */
  private static final Pattern URL =
      Pattern.compile(
          "(?:https?://)?(?:[^/@\\s]*@)?(?:\\[([0-9A-Fa-f:.]{2,45})]|([A-Za-z0-9._-]{1,253}))"
              + "(?::\\d{1,5})?(?:/\\S*)?");

  /** The host in an access URL, in small letters; empty when there is none. */
  public static Optional<String> host(String url) {
    Matcher matcher = URL.matcher(url.strip());
    return matcher.matches()
        ? Optional.of(
            Optional.ofNullable(matcher.group(1)).orElse(matcher.group(2)).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  /**
   * What one of them answers.
   *
   * @param by who was asked
   * @param aliases the names to which CNAME records lead from the host, in their order; this
   *     machine's resolver does not tell them
   * @param addresses where it leads in the end; none when there is no such name
   * @param trouble why that is not known; empty when it is
   */
  public record Answer(String by, List<String> aliases, List<String> addresses, String trouble) {
    public Answer {
      aliases = List.copyOf(aliases);
      addresses = List.copyOf(addresses);
    }

    /** One that does not know. */
    public static Answer unknown(String by, String trouble) {
      return new Answer(by, List.of(), List.of(), trouble);
    }

    public boolean known() {
      return trouble.isEmpty();
    }
  }

  /** A host that is an address leads to itself, and nobody is asked. */
  public static HostLookup address(String address) {
    Answer itself = new Answer("the access URL itself", List.of(), List.of(address), "");
    return new HostLookup(address, itself, itself);
  }
}
