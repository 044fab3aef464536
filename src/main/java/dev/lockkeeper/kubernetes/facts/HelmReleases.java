package dev.lockkeeper.kubernetes.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.clock.SteadyClock;
import dev.lockkeeper.kubernetes.api.Answer;
import dev.lockkeeper.kubernetes.api.ApiServer;
import dev.lockkeeper.kubernetes.api.Resource;
import dev.lockkeeper.kubernetes.api.Times;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.HelmRelease.Revision;
import dev.lockkeeper.snapshot.HelmRelease.Secret;
import dev.lockkeeper.snapshot.Observed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Reads what Helm keeps in a namespace: a Secret for each revision of each release. They are listed
 * by their labels alone, which is cheap and brings no values here; of each release only the newest
 * one is read, and again only when it is another one.
 */
public final class HelmReleases {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final String METADATA_ONLY =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

  /** More releases than this in one namespace are not looked into. */
  private static final int MOST = 12;

  private static final int HISTORY = 6;

  private final ApiServer api;
  private final String namespace;
  private final Resource secrets;
  private Map<String, HelmRelease> known = Map.of();

  public HelmReleases(ApiServer api, String namespace) {
    this.api = api;
    this.namespace = namespace;
    this.secrets = Resource.core(namespace, "secrets");
  }

  /** Never fails, but may not know. To be called again only when the last answer is there. */
  public CompletableFuture<Observed<List<HelmRelease>>> read() {
    String path = secrets.query(Map.of("labelSelector", "owner=helm"));
    return api.get(path, METADATA_ONLY, LIMIT)
        .thenCompose(this::newest)
        .exceptionally(failure -> unknown("no answer about Helm's Secrets"));
  }

  private CompletableFuture<Observed<List<HelmRelease>>> newest(Answer answer) {
    if (answer.refused()) {
      return done(
          Observed.forbidden(
              "may not list secrets in namespace %s, in which Helm keeps its releases: ask for list and get"
                  .formatted(namespace),
              SteadyClock.now()));
    }
    if (!answer.isList()) {
      return done(unknown("could not list Helm's Secrets: %d".formatted(answer.code())));
    }
    List<Written> newest = Written.newest(answer.json());
    if (newest.size() > MOST) {
      return done(unknown("there are %d Helm releases in this namespace".formatted(newest.size())));
    }
    CompletableFuture<Found> found = CompletableFuture.completedFuture(Found.NONE);
    for (Written each : newest) {
      found = found.thenCombine(release(each), Found::and);
    }
    return found.thenApply(this::kept);
  }

  private Observed<List<HelmRelease>> kept(Found found) {
    known = found.releases();
    Observed<List<HelmRelease>> all =
        Observed.known(List.copyOf(known.values()), SteadyClock.now());
    return found.trouble().isEmpty() ? all : all.lost(found.trouble());
  }

  private CompletableFuture<Found> release(Written written) {
    HelmRelease before = known.get(written.key());
    if (before != null) {
      HelmRelease again = before.after(written.history());
      Found found = Found.of(written.key(), again);
      // What did not answer then may answer now, and another one may be the last that went through.
      return again.earlier().before().map(HelmRelease.Before::revision).equals(again.owner())
          ? CompletableFuture.completedFuture(found)
          : before(written, found);
    }
    return api.get(secrets.path(written.record().name()), LIMIT)
        .thenApply(answer -> read(written, answer))
        .exceptionally(
            failure -> Found.missing("no answer about Secret " + written.record().name()))
        .thenCompose(found -> before(written, found));
  }

  /** Where the operator's own values are in another revision, that one is read as well. */
  private CompletableFuture<Found> before(Written written, Found found) {
    HelmRelease release = found.releases().get(written.key());
    Optional<Integer> last = Optional.ofNullable(release).flatMap(HelmRelease::owner);
    if (last.isEmpty()) {
      return CompletableFuture.completedFuture(found);
    }
    return api.get(secrets.path(written.secret(last.get())), LIMIT)
        .thenApply(
            answer ->
                ReleaseRecord.read(
                        answer.json().at("/data/release").asText(),
                        written.changed(),
                        List.of(),
                        written.record())
                    .map(
                        each ->
                            new HelmRelease.Before(
                                each.revision(),
                                each.chart().appVersion(),
                                each.values(),
                                each.serverSide(),
                                each.lent())))
        .thenApply(seen -> Found.of(written.key(), release.after(seen)))
        .exceptionally(failure -> found);
  }

  private static Found read(Written written, Answer answer) {
    if (!answer.ok()) {
      return Found.missing(
          answer.refused()
              ? "may not get Secret %s, in which Helm keeps this release: ask for get on secrets"
                  .formatted(written.record().name())
              : "Secret %s: %d".formatted(written.record().name(), answer.code()));
    }
    return ReleaseRecord.read(
            answer.json().at("/data/release").asText(),
            written.changed(),
            written.history(),
            written.record())
        .map(release -> Found.of(written.key(), release))
        .orElseGet(
            () -> Found.missing("Secret %s is no Helm release".formatted(written.record().name())));
  }

  private static CompletableFuture<Observed<List<HelmRelease>>> done(
      Observed<List<HelmRelease>> answer) {
    return CompletableFuture.completedFuture(answer);
  }

  private static Observed<List<HelmRelease>> unknown(String reason) {
    return Observed.unknown(reason, SteadyClock.now());
  }

  /** Releases by what identifies the state that was read, and what could not be read. */
  private record Found(Map<String, HelmRelease> releases, String trouble) {
    static final Found NONE = new Found(Map.of(), "");

    static Found of(String key, HelmRelease release) {
      return new Found(Map.of(key, release), "");
    }

    static Found missing(String why) {
      return new Found(Map.of(), why);
    }

    Found and(Found other) {
      Map<String, HelmRelease> all = new TreeMap<>(releases);
      all.putAll(other.releases);
      return new Found(all, trouble.isEmpty() ? other.trouble : trouble);
    }
  }

  /**
   * What the labels of the newest revision's Secret say.
   *
   * @param record the Secret
   * @param changed when it was last written
   * @param history the last revisions of the release
   */
  private record Written(Secret record, Instant changed, List<Revision> history) {
    /** What changes whenever the Secret does. */
    String key() {
      return record.uid() + " " + record.resourceVersion();
    }

    /** Where Helm keeps another revision of the same release. */
    String secret(int revision) {
      return record.name().replaceFirst("v[0-9]+$", "v" + revision);
    }

    static List<Written> newest(JsonNode list) {
      Map<String, List<JsonNode>> byRelease = new HashMap<>();
      for (JsonNode item : list.path("items")) {
        String name = item.at("/metadata/labels/name").asText();
        if (!name.isEmpty() && number(item) > 0) {
          byRelease.computeIfAbsent(name, any -> new ArrayList<>()).add(item.path("metadata"));
        }
      }
      return byRelease.values().stream().map(Written::of).toList();
    }

    private static Written of(List<JsonNode> revisions) {
      List<JsonNode> sorted =
          revisions.stream().sorted(Comparator.comparingInt(Written::version).reversed()).toList();
      JsonNode first = sorted.get(0);
      return new Written(
          new Secret(
              first.path("name").asText(),
              first.path("uid").asText(),
              first.path("resourceVersion").asText()),
          changed(first),
          sorted.stream()
              .limit(HISTORY)
              .map(each -> new Revision(version(each), each.at("/labels/status").asText()))
              .toList());
    }

    private static Instant changed(JsonNode metadata) {
      String seconds = metadata.at("/labels/modifiedAt").asText();
      return seconds.matches("[0-9]{1,12}")
          ? Instant.ofEpochSecond(Long.parseLong(seconds))
          : Times.instant(metadata.path("creationTimestamp").asText());
    }

    private static int number(JsonNode item) {
      return version(item.path("metadata"));
    }

    private static int version(JsonNode metadata) {
      String text = metadata.at("/labels/version").asText();
      return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    }
  }
}
