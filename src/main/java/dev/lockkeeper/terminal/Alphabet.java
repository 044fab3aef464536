package dev.lockkeeper.terminal;

import dev.lockkeeper.view.Ascii;
import dev.lockkeeper.view.Frame;
import dev.lockkeeper.view.Shown;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Which characters a terminal can be expected to show. */
public enum Alphabet {
  UNICODE,
  ASCII;

  /** The variable that asks for ASCII, whatever the locale says, when it is not empty. */
  public static final String VARIABLE = "LOCKKEEPER_ASCII";

  /**
   * What the locale asks for. One that names another character set, or {@code C}, means ASCII;
   * where nothing is said, as in many containers, terminals show Unicode all the same.
   */
  public static Alphabet chosen(Map<String, String> environment) {
    if (!environment.getOrDefault(VARIABLE, "").isEmpty()) {
      return ASCII;
    }
    String locale =
        Stream.of("LC_ALL", "LC_CTYPE", "LANG")
            .map(name -> environment.getOrDefault(name, ""))
            .filter(value -> !value.isEmpty())
            .findFirst()
            .orElse("UTF-8")
            .toLowerCase(Locale.ROOT);
    return locale.contains("utf-8") || locale.contains("utf8") ? UNICODE : ASCII;
  }

  /** The text in these characters. */
  public String spell(Shown shown) {
    return switch (this) {
      case UNICODE -> shown.text();
      case ASCII -> Ascii.of(shown);
    };
  }

  /** The frame in these characters. */
  public Frame spell(Frame frame) {
    return switch (this) {
      case UNICODE -> frame;
      case ASCII -> Ascii.of(frame);
    };
  }
}
