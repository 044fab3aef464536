package dev.lockkeeper.helm;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Why a chart repository could not be asked, by what helm said about it. Helm's own words name the
 * trouble in the middle of a long line, if at all, and never what can be done about it.
 */
enum ChartTrouble {
  LOGIN("\\b(401|403|unauthorized|forbidden|denied|authentication required)\\b"),
  UNKNOWN_HOST("no such host|server misbehaving|name resolution"),
  UNTRUSTED("x509:|tls: |TLS handshake|server gave HTTP response"),
  SILENT(
      "connection refused|connection reset|no route to host|network is unreachable|time-?out|"
          + "timed out|deadline exceeded|said nothing for|\\bEOF\\b"),
  NOTHING_THERE("\\b404\\b"),
  NO_INDEX("unmarshal|converting YAML|no API version specified|yaml: "),
  OTHER("");

  private static final String OCI = "oci://";

  private final Pattern words;

  ChartTrouble(String words) {
    this.words = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
  }

  /**
   * What is wrong, where, and what next; in one line.
   *
   * @param repository the URL that was asked
   * @param said helm's words, in one line
   */
  static String told(String repository, String said) {
    // The URL is anybody's, and may have any of these words in it.
    String bare = said.replace(repository, "");
    return Stream.of(values())
        .filter(each -> each.words.matcher(bare).find())
        .findFirst()
        .orElse(OTHER)
        .sentence(repository, bare);
  }

  private String sentence(String repository, String said) {
    return switch (this) {
      case LOGIN -> login(repository, said);
      case UNKNOWN_HOST ->
          "%s: this machine knows no host %s: is --helm-repository spelt right, is HTTPS_PROXY needed?"
              .formatted(repository, host(repository));
      case UNTRUSTED ->
          "%s: no trusted TLS connection (%s): is it https there, and is its certificate authority known here?"
              .formatted(repository, last(said));
      case SILENT ->
          "%s does not answer (%s): is HTTPS_PROXY needed here, or another --helm-repository?"
              .formatted(repository, last(said));
      case NOTHING_THERE ->
          "%s has no index.yaml (404): name the URL above it with --helm-repository"
              .formatted(repository);
      case NO_INDEX ->
          "%s is no chart repository, what answers is perhaps a web or login page: name another with --helm-repository"
              .formatted(repository);
      case OTHER -> "%s: %s".formatted(repository, said);
    };
  }

  private static String login(String repository, String said) {
    String status = said.matches("(?is).*\\b(403|forbidden|denied)\\b.*") ? "403" : "401";
    return repository.startsWith(OCI)
        ? "%s wants a login (%s): run 'helm registry login %s' with your own helm, as this user"
            .formatted(repository, status, host(repository))
        : "%s wants a login (%s), which is not given here: take oci:// after 'helm registry login', or upgrade another way"
            .formatted(repository, status);
  }

  private static String host(String repository) {
    return repository.replaceFirst("^[a-z]+://", "").replaceFirst("/.*", "");
  }

  /** What stands after the last address: {@code connection refused}. */
  private static String last(String said) {
    return said.substring(said.lastIndexOf(": ") + 1).strip();
  }
}
