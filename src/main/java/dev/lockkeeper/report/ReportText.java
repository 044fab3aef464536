package dev.lockkeeper.report;

import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Regime;
import dev.lockkeeper.coder.Release;
import dev.lockkeeper.coder.SchemaCertainty;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What several answers say in the same words. */
final class ReportText {
  private ReportText() {}

  /** {@code AT_LEAST} is written {@code at-least}. */
  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A moment with its offset: {@code 2026-11-21 22:05:12 +01:00}. */
  static String moment(Instant at, ZoneId zone) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT)
        .format(at.atZone(zone));
  }

  static String certainty(SchemaCertainty certainty) {
    return switch (certainty) {
      case EXACT -> "exact: read off the release itself";
      case INFERRED -> "inferred from the other patches of its line, which nearly always share it";
      case AT_LEAST -> "a lower bound: the true number may be higher";
    };
  }

  /** {@code v2.29.0 to v2.29.3}, or the only one. */
  static String range(List<Release> releases) {
    CoderVersion first = releases.get(0).version();
    CoderVersion last = releases.get(releases.size() - 1).version();
    return first.equals(last) ? first.toString() : first + " to " + last;
  }

  static List<Object> names(Collection<?> values) {
    return values.stream().<Object>map(Object::toString).toList();
  }

  /** One way to migrate, or more where the version's migrator was not seen. */
  static String regimes(Collection<Regime> regimes) {
    return regimes.stream().map(Regime::summary).collect(Collectors.joining(", or "));
  }

  static List<Object> described(Collection<Regime> regimes) {
    return regimes.stream().<Object>map(ReportText::described).toList();
  }

  private static Map<String, Object> described(Regime regime) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("oneTransaction", regime.oneTransaction());
    json.put("lockWaitSeconds", regime.lockWait().map(wait -> wait.toSeconds()).orElse(null));
    json.put("dirtyIsOrdinary", regime.dirtyIsOrdinary());
    json.put("summary", regime.summary());
    return json;
  }
}
