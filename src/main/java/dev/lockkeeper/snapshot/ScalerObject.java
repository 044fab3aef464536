package dev.lockkeeper.snapshot;

import java.util.Arrays;
import java.util.Optional;

/**
 * The object that tells a scaler what it may do, as it was read: what is changed to hold it.
 *
 * @param type what it is
 * @param namespace its namespace
 * @param name its name
 * @param uid its uid
 * @param setting the fields that tell it, as a JSON object in which {@code null} stands for a field
 *     that is left out, such as <code>{"minReplicas":3,"maxReplicas":6}</code>
 * @param resting whether it keeps its hands off the replica count as it is set
 * @param undone who would undo a change of it; empty when nobody is seen to
 */
public record ScalerObject(
    Type type,
    String namespace,
    String name,
    String uid,
    String setting,
    boolean resting,
    Optional<String> undone) {
  /** Words of things that a run remembers begin like this where it held a scaler. */
  public static final String HELD = "scaler:";

  /** What can hold a scaler. */
  public enum Type {
    APPLICATION(
        "application",
        "argoproj.io/v1alpha1",
        "applications",
        "Application",
        "/spec/syncPolicy",
        "{\"automated\":null}"),
    KUSTOMIZATION(
        "kustomization",
        "kustomize.toolkit.fluxcd.io/v1",
        "kustomizations",
        "Kustomization",
        "/spec",
        "{\"suspend\":true}"),
    HELM_RELEASE(
        "helmrelease",
        "helm.toolkit.fluxcd.io/v2",
        "helmreleases",
        "HelmRelease",
        "/spec",
        "{\"suspend\":true}"),
    SCALED_OBJECT(
        "scaledobject",
        "keda.sh/v1alpha1",
        "scaledobjects",
        "ScaledObject",
        "/metadata/annotations",
        "{\"autoscaling.keda.sh/paused\":\"true\",\"autoscaling.keda.sh/paused-replicas\":null}"),
    AUTOSCALER(
        "hpa",
        "autoscaling/v2",
        "horizontalpodautoscalers",
        "HorizontalPodAutoscaler",
        "/spec",
        "{\"minReplicas\":1,\"maxReplicas\":1}");

    private final String word;
    private final String apiVersion;
    private final String plural;
    private final String kind;
    private final String place;
    private final String held;

    Type(String word, String apiVersion, String plural, String kind, String place, String held) {
      this.word = word;
      this.apiVersion = apiVersion;
      this.plural = plural;
      this.kind = kind;
      this.place = place;
      this.held = held;
    }

    /** Its word in the journal. */
    public String word() {
      return word;
    }

    /** The kind of what has this word; the word itself, where this version does not know it. */
    public static String spoken(String word) {
      return Arrays.stream(values())
          .filter(type -> type.word.equals(word))
          .map(Type::kind)
          .findFirst()
          .orElse(word);
    }

    /** Such as {@code autoscaling/v2}. */
    public String apiVersion() {
      return apiVersion;
    }

    /** Such as {@code autoscaling}. */
    public String group() {
      return apiVersion.replaceFirst("/.*", "");
    }

    public String plural() {
      return plural;
    }

    public String kind() {
      return kind;
    }

    /** Where the fields of the setting are, as a JSON pointer. */
    public String place() {
      return place;
    }

    /** The setting with which it keeps its hands off. */
    public String held() {
      return held;
    }

    /** Whether it brings what a repository says, and not only a count. */
    public boolean gitOps() {
      return switch (this) {
        case APPLICATION, KUSTOMIZATION, HELM_RELEASE -> true;
        case SCALED_OBJECT, AUTOSCALER -> false;
      };
    }
  }

  /** {@code HorizontalPodAutoscaler coder/coder}. */
  public String spoken() {
    return "%s %s/%s".formatted(type.kind(), namespace, name);
  }

  /** Under this word a run remembers how it was set before it was held, and owes it. */
  public String word() {
    return word(type.word(), namespace, name);
  }

  /** The same, of its parts. */
  public static String word(String type, String namespace, String name) {
    return "%s%s:%s/%s".formatted(HELD, type, namespace, name);
  }

  /** The command that sets it so, for a person to paste. */
  public String command(PinnedContext at, String wanted) {
    String patch = wanted;
    String[] path = type.place().substring(1).split("/");
    for (int i = path.length - 1; i >= 0; i--) {
      patch = "{\"%s\":%s}".formatted(path[i], patch);
    }
    return at.in(namespace)
        .kubectl(
            "patch",
            "%s.%s/%s".formatted(type.plural(), type.group(), name),
            "--type=merge",
            "-p",
            patch);
  }

  /** A setting in a few words: {@code minReplicas 3, maxReplicas 6}. */
  public static String spoken(String setting) {
    return setting
        .replaceAll("^\\{|\\}$", "")
        .replace("\"", "")
        .replace(":null", " left out")
        .replace(":", " ")
        .replace(",", ", ");
  }
}
