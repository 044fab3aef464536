package dev.lockkeeper.view;

import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.ClusterEvent;
import dev.lockkeeper.snapshot.Observed;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * What Kubernetes reported about the Deployment, its ReplicaSets and its pods, newest first.
 *
 * <pre>
 *   14:02:11Z  ▲ Warning  Unhealthy  pod/coder-7d9f8-x2k4p  ×3  Readiness probe failed: Get ".../healthz"…
 * </pre>
 */
public final class EventsPanel {
  private static final int WIDE = 100;
  private static final int MIDDLE = 60;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private EventsPanel() {}

  /** The panel's name and counts: {@code Events 2 warnings}. */
  public static Line title(Observed<Cluster> cluster, Instant now) {
    Line name = Line.of("Events", Style.TITLE);
    return cluster
        .value()
        .map(seen -> seen.events().stream().filter(ClusterEvent::warning).count())
        .filter(warnings -> warnings > 0)
        .map(warnings -> Line.of(" " + Counts.count(warnings, "warning"), Style.WARN))
        .map(counts -> Freshness.counts(cluster, now, name, counts))
        .orElse(name);
  }

  /** A line for each event, newest first; times are UTC, as in coderd's log. */
  public static List<Line> lines(Observed<Cluster> cluster, Instant now, int width, int height) {
    return Freshness.body(
        cluster, now, width, height, (seen, moment) -> events(seen, width, height));
  }

  /** The newest warning, or the newest event, for a folded panel. */
  public static Line summary(Observed<Cluster> cluster, Instant now) {
    return Freshness.summary(title(cluster, now), cluster, now, EventsPanel::newest);
  }

  private static Line newest(Cluster cluster) {
    return cluster.events().stream()
        .filter(ClusterEvent::warning)
        .findFirst()
        .or(() -> cluster.events().stream().findFirst())
        .map(event -> time(event).and(" ", Style.TEXT).and(reason(event)))
        .orElse(Line.of("none in the last hour", Style.DIM));
  }

  private static List<Line> events(Cluster cluster, int width, int height) {
    if (cluster.events().isEmpty()) {
      return List.of(Line.of("none in the last hour", Style.DIM));
    }
    return Rows.inSight(
        cluster.events().size(),
        height,
        few ->
            Rows.table(
                cluster.events().subList(0, few).stream().map(event -> row(event, width)).toList(),
                5,
                width >= MIDDLE ? 2 : 1,
                width));
  }

  /** Some of them below one another, whatever their length. */
  static List<Line> whole(List<ClusterEvent> events, int width) {
    int shown = Math.max(MIDDLE, width);
    return Rows.table(
        events.stream().map(event -> row(event, shown)).toList(), 5, 2, Rows.ANY_WIDTH);
  }

  private static List<Line> row(ClusterEvent event, int width) {
    return List.of(
        time(event),
        width >= WIDE ? type(event) : glyph(event),
        reason(event),
        Line.of(width >= WIDE ? object(event) : PodNames.brief(event.object())),
        event.count() > 1 ? Line.of("×" + event.count(), Style.STRONG) : Line.EMPTY,
        width >= MIDDLE ? Line.of(event.message()) : Line.EMPTY);
  }

  private static Line time(ClusterEvent event) {
    return Line.of(TIME.format(event.lastAt()), Style.DIM);
  }

  private static Line glyph(ClusterEvent event) {
    return event.warning() ? Line.of("▲", Style.WARN) : Line.of("·", Style.DIM);
  }

  private static Line type(ClusterEvent event) {
    return glyph(event).and(" " + event.type(), event.warning() ? Style.WARN : Style.DIM);
  }

  private static Line reason(ClusterEvent event) {
    return Line.of(event.reason(), event.warning() ? Style.WARN : Style.TEXT);
  }

  private static String object(ClusterEvent event) {
    return event.kind().toLowerCase(Locale.ROOT) + "/" + event.object();
  }
}
