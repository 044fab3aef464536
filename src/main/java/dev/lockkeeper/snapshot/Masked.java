package dev.lockkeeper.snapshot;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What another program said, without what looks like a password, a token or a key: it is masked
 * where a name says so, where it stands in a URL, and where its own form is that of a secret.
 *
 * @param text the text with each of them as an ellipsis
 */
public record Masked(String text) {
  private static final String GONE = "$1…";

  /** Words that name a secret, and what a name may have behind them; what is before may stay. */
  private static final String NAME =
      "(?:passw(?:or)?d|passphrase|pwd|secret(?!s\\b)|token|api[_-]?key|access[_-]?key|private[_-]?key"
          + "|account[_-]?key|key[_-]?data|shared[_-]?access|credential(?!s\\b)|authorization|cookie)[\\w.-]{0,40}";

  /** Of each kind the part that may stay is the first group. */
  private static final List<Pattern> KINDS =
      List.of(
          // A key in a file, to the last of its lines, whether they are lines or written as one.
          Pattern.compile("(?s)(-----BEGIN [A-Z ]*PRIVATE KEY-----).*"),
          Pattern.compile("(://[^/\\s:@]*:)\\S+(?=@)"),
          // A user without a password is a token when it is too long for a name.
          Pattern.compile("(://)[^/\\s:@]{20,}(?=@)"),
          Pattern.compile(
              "(?i)([?&;](?:sig|signature|code|auth|key|x-amz-[a-z-]+)=)[^\\s&\"'\\\\]+"),
          Pattern.compile("(?i)(" + NAME + "[\\\\\"']*\\s*[:=]\\s*)\\S.*"),
          Pattern.compile("(?i)(--?[\\w-]{0,40}?" + NAME + "\\s+)\\S+"),
          Pattern.compile("(?i)(\\b(?:bearer|basic|negotiate|digest)\\s+)[\\w.~+/=:-]{8,}"),
          Pattern.compile("(?i)((?:^|[\\s_;,'\"])pass=)\\S+"),
          Pattern.compile("(\"auth\"\\s*:\\s*\")[^\"]+"),
          Pattern.compile("((?<![\\w-])(?:-u|--user)[ =][^\\s:]{1,64}:)\\S+"),
          // What tells by itself what it is: JSON web tokens, cloud and forge tokens.
          Pattern.compile("()\\beyJ[\\w-]{8,}[\\w.=-]*"),
          Pattern.compile("()\\bk8s-aws-v1\\.[\\w=-]+"),
          Pattern.compile("()\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"),
          Pattern.compile("()\\b(?:AIza|npm_|sk-ant-)[\\w-]{20,}"),
          Pattern.compile("()\\bya29\\.[\\w-]+"),
          Pattern.compile(
              "()\\b(?:gh[opusr]|github_pat|glpat|xox[abeprs]|hvs|dop_v1)[_.-][\\w-]{16,}"));

  /** Of this text. Whatever is to be cut off is cut afterwards. */
  public static Masked of(String text) {
    String masked = text;
    for (Pattern kind : KINDS) {
      masked = kind.matcher(masked).replaceAll(GONE);
    }
    return new Masked(masked);
  }
}
