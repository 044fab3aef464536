package dev.lockkeeper.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
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
      "(?:passw(?:or)?d|passphrase|pwd|secret(?!s\\b)|token|api[ _-]?key|access[ _-]?key|private["
          + " _-]?key"
          + "|account[_-]?key|key[_-]?data|shared[_-]?access|credential(?!s\\b)|authorization|cookie)[\\w.-]{0,40}";

  /** Those of which people say what they are. */
  private static final String SPOKEN = "\\b(?:passw(?:or)?d|passphrase|pwd|token)";

  /** What follows is a word about the secret and not it. */
  private static final String TELLS =
      "(?!(?:no|not|never|now|still|only|already|too|so|an?|the|in|on|of|for|from|by|at|to|as|being|required"
          + "|needed|wanted|mandatory|optional|missing|absent|present|there|here|empty|blank|unset|set|unknown|known|wrong"
          + "|right|correct|incorrect|valid|invalid|malformed|expired|revoked|rejected|refused|accepted|used|given|read"
          + "|stored|kept|hidden|masked|forbidden|denied|supported|unsupported|deprecated|available|unavailable|longer"
          + "|shorter|weak|short|long|older|newer|old|new|about|what|where|that|this|your|its|nil|null|none|true|false|off)\\b)";

  /** The same after the name of a variable, which may be one of many in a sentence. */
  private static final String TELLS_OF_A_VARIABLE =
      "(?i:"
          + TELLS
          + "(?!(?:is|are|was|were|be|and|or|has|have|must|may|can|could|should|variable|from)\\b))";

  private static final Pattern OF_KEY = Pattern.compile("[A-Za-z0-9+/=]{16}[ \\t\\r]*$");
  private static final Pattern LAST_OF_KEY = Pattern.compile("[A-Za-z0-9+/=][ \\t\\r]*$");

  private static final int NONE = -1;

  /** Of each kind the part that may stay is the first group. */
  private static final List<Pattern> KINDS =
      List.of(
          // A key in a file, whether its lines are lines or written as one; one whose end is not
          // there to the last line.
          Pattern.compile(
              "(?s)(-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----).*?(?=-----END [A-Z ]*PRIV|\\z)"),
          Pattern.compile("(://[^/\\s:@]*:)\\S+(?=@)"),
          // A user without a password is a token when it is too long for a name, and on the web.
          Pattern.compile("(://)[^/\\s:@]{20,}(?=@)"),
          Pattern.compile("(?i)(\\bhttps?://)[^/\\s:@]+(?=@)"),
          Pattern.compile(
              "(?i)([?&;](?:sig|signature|code|auth|key|x-amz-[a-z-]+)=)[^\\s&\"'\\\\]+"),
          Pattern.compile("(?i)(" + NAME + "[\\\\\"']*\\s*[:=]\\s*)\\S.*"),
          // In prose, unless what follows says something of it.
          Pattern.compile(
              "(?i)("
                  + NAME
                  + "[\\\\\"']*\\s+(?:is|was|are|were|reads|equals)\\s+)"
                  + TELLS
                  + "\\S.*"),
          Pattern.compile(
              "(?i)(" + NAME + "[\\\\\"']*\\s+(?:(?:is|was|been)\\s+)?set\\s+to\\s+)\\S.*"),
          Pattern.compile("(?i)(" + SPOKEN + "\\s+[\\\\]?([\"'`]))[^\"'`\\n]{4,}(?=[\\\\]?\\2)"),
          Pattern.compile("(?i)(" + SPOKEN + "\\s+)(?=\\S*\\d)(?=\\S*[a-z])\\S{6,}"),
          Pattern.compile("(?i)(--?[\\w-]{0,40}?" + NAME + "\\s+)\\S+"),
          Pattern.compile("(?i)(\\b(?:bearer|basic|negotiate|digest)\\s+)[\\w.~+/=:-]{8,}"),
          Pattern.compile("(?i)((?:^|[\\s_;,'\"])pass=)\\S+"),
          Pattern.compile("(?i)(\\b(?:[\\w.-]{0,40}[_.-]|db|pg|sql|smtp)pass\\s*[:=]\\s*)\\S.*"),
          // A variable and its value, as a shell, a container's environment or a table has them.
          Pattern.compile(
              "(\\b[A-Z][A-Z0-9_]{0,60}(?:PASSWORD|PASSWD|PASS|SECRET|TOKEN|API_?KEY)[ \\t]+)"
                  + TELLS_OF_A_VARIABLE
                  + "\\S+"),
          Pattern.compile(
              "(?i)(\"?\\bname\"?\\s*:\\s*\"?[\\w.-]{0,60}?"
                  + NAME
                  + "\"?\\s*,?\\s*\"?value\"?\\s*:\\s*\"?)[^\"\\n]+"),
          Pattern.compile("(?i)(<[\\w:.-]{0,40}?" + NAME + "(?:\\s[^<>]{0,200})?>)[^<]+"),
          Pattern.compile("(?i)(\\bidentified\\s+by\\s+(?:password\\s+)?['\"])[^'\"]+"),
          Pattern.compile("(\"auth\"\\s*:\\s*\")[^\"]+"),
          Pattern.compile("((?<![\\w-])(?:-u|--user)[ =][^\\s:]{1,64}:)\\S+"),
          // What tells by itself what it is: JSON web tokens, cloud and forge tokens.
          Pattern.compile("()\\beyJ[\\w-]{8,}[\\w.=-]*"),
          Pattern.compile("()\\bk8s-aws-v1\\.[\\w=-]+"),
          Pattern.compile("()\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"),
          Pattern.compile(
              "()\\b(?:AIza|npm_|pypi-|sk-ant-|sk-proj-|[sr]k_live_|SG\\.)[\\w.-]{20,}"),
          Pattern.compile("()\\bAGE-SECRET-KEY-1[A-Z0-9]{20,}"),
          // Coder's own: an id of 10 and a secret of 22 letters and digits, drawn at random.
          Pattern.compile("()\\b[A-Za-z0-9]{10}-(?=[a-z]{0,21}[A-Z0-9])[A-Za-z0-9]{22}\\b(?!-)"),
          // What is kept in the place of a password.
          Pattern.compile("()\\bSCRAM-SHA-256\\$[^\\s\"']+"),
          Pattern.compile("()\\$(?:2[aby]|argon2\\w{1,2}|pbkdf2-sha\\d{3})\\$[^\\s\"']{12,}"),
          Pattern.compile("()\\bya29\\.[\\w-]+"),
          Pattern.compile(
              "()\\b(?:gh[opusr]|github_pat|glpat|xox[abeprs]|hvs|dop_v1)[_.-][\\w-]{16,}"));

  /** A name at the end of its line, whose value stands below it. */
  private static final Pattern HEADS =
      Pattern.compile(
          "(?i)" + NAME + "[\\\\\"']*[ \\t]*[:=](?<end>)[ \\t]*(?:[|>][-+0-9]*)?[ \\t\\r]*$");

  /**
   * Of this text: all of it, as what names a secret may stand on the line before it. Whatever is to
   * be cut off is cut afterwards.
   */
  public static Masked of(String text) {
    String masked = below(text);
    for (Pattern kind : KINDS) {
      masked = kind.matcher(masked).replaceAll(GONE);
    }
    return new Masked(masked);
  }

  /** What stands further in than a name above it, or below it as a list, is its value. */
  private static String below(String text) {
    List<String> kept = new ArrayList<>();
    int above = NONE;
    for (String line : text.split("\n", -1)) {
      if (above != NONE && !line.isBlank()) {
        int in = indent(line);
        if (in > above || in == above && line.startsWith("- ", in)) {
          String name = kept.get(kept.size() - 1);
          kept.set(kept.size() - 1, name.endsWith("…") ? name : name + "…");
          continue;
        }
        above = NONE;
      }
      if (line.contains("-----END ") && line.contains("PRIVATE KEY")) {
        behead(kept);
      }
      Matcher head = HEADS.matcher(line);
      if (head.find()) {
        above = indent(line);
        kept.add(line.substring(0, head.start("end")));
      } else if (above == NONE || !line.isBlank()) {
        kept.add(line);
      }
    }
    return String.join("\n", kept);
  }

  /** A key whose beginning is not there is taken out from its last line upwards. */
  private static void behead(List<String> lines) {
    for (Pattern key = LAST_OF_KEY;
        !lines.isEmpty() && key.matcher(lines.get(lines.size() - 1)).find();
        key = OF_KEY) {
      lines.remove(lines.size() - 1);
    }
    lines.add("…");
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }

  /** Line by line. */
  public List<String> lines() {
    return text.lines().toList();
  }
}
