package dev.lockkeeper.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The newest revision of a Helm release, as Helm wrote it down in the cluster. Of the values that
 * the operator gave to Helm, only those are kept that the upgrade turns on.
 *
 * @param name the release's name, which need not be the Deployment's
 * @param namespace the namespace in which Helm keeps it
 * @param info what Helm says of this revision
 * @param chart which chart it has
 * @param values what the operator's values say
 * @param serverSide whether Helm 4 keeps this release by server-side apply
 * @param objects what it made, such as {@code Service coder}
 * @param earlier the revisions before it
 */
public record HelmRelease(
    String name,
    String namespace,
    Info info,
    Chart chart,
    Values values,
    boolean serverSide,
    List<String> objects,
    Earlier earlier) {
  /** The annotation by which Helm notes at an object which release it belongs to. */
  public static final String NOTED = "meta.helm.sh/release-name";

  /** What Helm notes about a revision that is a copy of an older one. */
  private static final Pattern ROLLBACK = Pattern.compile("Rollback to (\\d{1,9})");

  public HelmRelease {
    objects = List.copyOf(objects);
  }

  /**
   * What Helm says of a revision.
   *
   * @param revision its number, which counts from 1
   * @param status Helm's word, such as {@code deployed} or {@code pending-upgrade}
   * @param changedAt when it was last written
   * @param description what Helm noted about it; anybody's text
   * @param record where Helm keeps it
   */
  public record Info(
      int revision, String status, Instant changedAt, String description, Secret record) {}

  /**
   * A chart.
   *
   * @param name its name
   * @param version its version
   * @param appVersion the version that it says it installs; empty when it says none
   */
  public record Chart(String name, String version, String appVersion) {}

  /**
   * The revisions before.
   *
   * @param history the last revisions with their status, newest first, this one included
   * @param before where this one did not go through, is a copy, or is not as the operator wants it,
   *     the one that tells more, if it could be read
   */
  public record Earlier(List<Revision> history, Optional<Before> before) {
    public Earlier {
      history = List.copyOf(history);
    }
  }

  public int revision() {
    return info.revision();
  }

  public String status() {
    return info.status();
  }

  /** Whether Helm says that somebody is working on it, which nobody may be any more. */
  public boolean pending() {
    return status().startsWith("pending-");
  }

  /** Whether its last revision went through. */
  public boolean deployed() {
    return status().equals("deployed");
  }

  /** What this program noted about it, where its values were changed for a migration. */
  public Optional<Lent> lent() {
    return Lent.read(info.description());
  }

  /** The revision of which this one is a copy, made by {@code helm rollback}; empty for none. */
  public Optional<Integer> copied() {
    Matcher found = ROLLBACK.matcher(info.description());
    return found.matches() ? Optional.of(Integer.valueOf(found.group(1))) : Optional.empty();
  }

  /**
   * The other revision that tells whose the operator's own values are: the one that is named in
   * this one's note, the one of which this is a copy, or else the last one that went through. Empty
   * where this one has them.
   */
  public Optional<Integer> owner() {
    Optional<Lent> lent = lent();
    if (lent.isPresent()) {
      return lent.get().revision();
    }
    return deployed() ? copied() : lastDeployed().map(Revision::number);
  }

  /** The newest revision that went through once; empty when none of the last ones did. */
  public Optional<Revision> lastDeployed() {
    return earlier.history().stream()
        .filter(each -> each.status().equals("deployed") || each.status().equals("superseded"))
        .findFirst();
  }

  /**
   * What the values say; empty where they leave it to the chart.
   *
   * @param replicaCount {@code coder.replicaCount}
   * @param imageTag {@code coder.image.tag}, which wins over the chart's version
   * @param livenessProbe the keys below {@code coder.livenessProbe}
   * @param given all that was given, with what may be shown of it
   */
  public record Values(
      Optional<Integer> replicaCount,
      Optional<String> imageTag,
      Map<String, String> livenessProbe,
      List<Given> given) {
    private static final int LONGEST = 200;

    /** No values at all. */
    public static final Values NONE = of(Map.of());

    public Values {
      livenessProbe = Map.copyOf(livenessProbe);
      given = List.copyOf(given);
    }

    /**
     * What is taken of values as they were read.
     *
     * @param config maps, lists, texts, numbers, booleans and nulls
     */
    public static Values of(Map<?, ?> config) {
      Map<?, ?> coder = map(config.get("coder"));
      Map<String, String> probe = new TreeMap<>();
      map(coder.get("livenessProbe"))
          .forEach((key, value) -> scalar(value).ifPresent(text -> probe.put("" + key, text)));
      return new Values(
          coder.get("replicaCount") instanceof Number count
              ? Optional.of(count.intValue())
              : Optional.empty(),
          scalar(map(coder.get("image")).get("tag")).filter(text -> !text.isEmpty()),
          probe,
          GivenValues.of(config).all());
    }

    private static Map<?, ?> map(Object node) {
      return node instanceof Map<?, ?> map ? map : Map.of();
    }

    private static Optional<String> scalar(Object node) {
      return Optional.ofNullable(node)
          .filter(each -> !(each instanceof Map) && !(each instanceof List))
          .map(Object::toString)
          .map(text -> text.length() > LONGEST ? text.substring(0, LONGEST) : text);
    }

    /** The replica count that the chart renders: one, unless the values say another. */
    public int replicas() {
      return replicaCount.orElse(1);
    }
  }

  /**
   * One value that somebody gave to Helm.
   *
   * @param path its keys, such as {@code coderd.image}
   * @param shown the value, where it is a number, a switch or names a version; masked otherwise
   */
  public record Given(String path, String shown) {}

  /**
   * Whose values were changed for the time of a migration.
   *
   * @param revision the revision that has the operator's own, if one has
   * @param digest the first digits of the digest of the file that has them, if one has
   * @param replicas the replica count in them
   */
  public record Lent(Optional<Integer> revision, Optional<String> digest, int replicas) {
    private static final Pattern NOTE =
        Pattern.compile(
            "lockkeeper: values of (?:revision (\\d{1,9})|file ([0-9a-f]{12})),"
                + " coder\\.replicaCount (\\d{1,9}) .*");
    private static final int DIGITS = 12;

    /** Those of a revision. */
    public static Lent of(int revision, int replicas) {
      return new Lent(Optional.of(revision), Optional.empty(), replicas);
    }

    /** Those of a file. */
    public static Lent of(ValuesFile file, int replicas) {
      return new Lent(Optional.empty(), Optional.of(file.sha256().substring(0, DIGITS)), replicas);
    }

    static Optional<Lent> read(String description) {
      Matcher found = NOTE.matcher(description);
      return found.matches()
          ? Optional.of(
              new Lent(
                  Optional.ofNullable(found.group(1)).map(Integer::valueOf),
                  Optional.ofNullable(found.group(2)),
                  Integer.parseInt(found.group(3))))
          : Optional.empty();
    }

    /** What Helm is told to note about such a revision, and what is read there. */
    public String note() {
      return "lockkeeper: values of %s, coder.replicaCount %d for the time of the migration"
          .formatted(
              revision
                  .map(number -> "revision " + number)
                  .orElseGet(() -> "file " + digest.orElse("")),
              replicas);
    }
  }

  /**
   * An older revision.
   *
   * @param revision its number
   * @param appVersion the version that its chart installs
   * @param values what the operator's values said
   * @param serverSide whether Helm 4 kept it by server-side apply
   * @param lent what this program noted about it, where its values were changed for a migration
   */
  public record Before(
      int revision, String appVersion, Values values, boolean serverSide, Optional<Lent> lent) {
    /** The version that its image has, which the values may say; empty when nothing says it. */
    public Optional<String> image() {
      return values.imageTag().or(() -> Optional.of(appVersion).filter(text -> !text.isEmpty()));
    }
  }

  /** The same with the one that went through before. */
  public HelmRelease after(Optional<Before> other) {
    return after(new Earlier(earlier.history(), other));
  }

  /** The same, whose older ones were listed again. */
  public HelmRelease after(List<Revision> history) {
    return after(new Earlier(history, earlier.before()));
  }

  private HelmRelease after(Earlier revisions) {
    return new HelmRelease(name, namespace, info, chart, values, serverSide, objects, revisions);
  }

  /**
   * The Secret of a revision.
   *
   * @param name its name
   * @param uid its uid
   * @param resourceVersion what changes whenever it does
   */
  public record Secret(String name, String uid, String resourceVersion) {}

  /**
   * One revision.
   *
   * @param number its number
   * @param status Helm's word
   */
  public record Revision(int number, String status) {}
}
