package dev.lockkeeper.kubernetes.watch;

import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.kubernetes.api.Answer;
import dev.lockkeeper.kubernetes.api.ApiErrors;
import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.kubernetes.api.Resource;
import dev.lockkeeper.snapshot.Inspected;
import dev.lockkeeper.snapshot.Inspection;
import dev.lockkeeper.snapshot.Observed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The log of one run of a container, from its last lines on as it is printed. Its lines arrive on
 * threads of the HTTP client, and are told in bundles.
 */
final class FollowedLog implements AutoCloseable {
  /** How often news are told. */
  static final Duration PACE = Duration.ofMillis(400);

  private static final Duration LONGEST = Duration.ofHours(12);

  private final Inspection asked;
  private final List<String> containers;
  private final String container;
  private final Consumer<Inspected> sink;
  private final LogTail tail = new LogTail();
  private Optional<ApiServer.Stream> stream = Optional.empty();
  private boolean news;
  private boolean over;

  /**
   * @param containers all of the pod's
   * @param container the one whose log it is
   * @param sink takes what there is, on any thread
   */
  FollowedLog(
      Inspection asked, List<String> containers, String container, Consumer<Inspected> sink) {
    this.asked = asked;
    this.containers = containers;
    this.container = container;
    this.sink = sink;
  }

  void begin(ApiServer api, Resource pods) {
    Map<String, String> query = new TreeMap<>();
    query.put("container", container);
    query.put("previous", Boolean.toString(asked.previous()));
    query.put("follow", Boolean.toString(!asked.previous()));
    // One more than is kept tells that there are more.
    query.put("tailLines", Integer.toString(LogTail.MOST_LINES + 1));
    ApiServer.Stream opened =
        api.watch(pods.query(asked.name(), "log", query), LONGEST, this::touch, this::add);
    stream = Optional.of(opened);
    opened.end().whenComplete((answer, failure) -> ended(api, answer, failure));
  }

  private synchronized void touch() {
    news = true;
  }

  private synchronized void add(String line) {
    tail.add(line);
    news = true;
  }

  /** Tells what came since the last time; to be called on one thread. */
  void tellNews() {
    LogTail.Kept kept;
    synchronized (this) {
      if (!news || over) {
        return;
      }
      news = false;
      kept = tail.kept();
    }
    sink.accept(read(Observed.known(kept.lines(), SteadyClock.now()), kept, false));
  }

  private void ended(ApiServer api, Answer answer, Throwable failure) {
    LogTail.Kept kept;
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      kept = tail.kept();
    }
    Observed<List<String>> lines = Observed.known(kept.lines(), SteadyClock.now());
    if (failure != null) {
      String why = new ApiErrors(api.server()).silence(failure);
      sink.accept(read(kept.lines().isEmpty() ? unknown(why) : lines.lost(why), kept, true));
    } else {
      sink.accept(read(answer.ok() ? lines : refused(answer), kept, true));
    }
  }

  private static Observed<List<String>> refused(Answer answer) {
    return answer.refused()
        ? Observed.forbidden("pods/log: forbidden: ask for get on pods/log", SteadyClock.now())
        : unknown("no log: " + (answer.message().isEmpty() ? answer.code() : answer.message()));
  }

  private static Observed<List<String>> unknown(String why) {
    return Observed.unknown(why, SteadyClock.now());
  }

  private Inspected read(Observed<List<String>> lines, LogTail.Kept kept, boolean end) {
    return new Inspected(asked, lines, containers, container, kept.omitted(), end);
  }

  @Override
  public void close() {
    synchronized (this) {
      over = true;
    }
    stream.ifPresent(ApiServer.Stream::close);
  }
}
