package dev.lockkeeper.snapshot;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Something besides the operator that changes the replica count.
 *
 * @param kind such as HorizontalPodAutoscaler, ScaledObject, Argo CD, Flux
 * @param name its name
 * @param evidence where it was seen, such as an annotation or its minReplicas
 * @param object what tells it what to do, where that could be read
 * @param reverted what it reports to have put back, in its own words, if it does
 * @param active whether the controller of a HorizontalPodAutoscaler scales by it at present: not at
 *     0 replicas, and all the same where it gets no metrics; empty while it says nothing of that
 */
public record Scaler(
    String kind,
    String name,
    String evidence,
    Optional<ScalerObject> object,
    Optional<String> reverted,
    Optional<Boolean> active) {
  /** The kind of the Kubernetes autoscaler. */
  public static final String HORIZONTAL = "HorizontalPodAutoscaler";

  /** The kind of KEDA's autoscaler. */
  public static final String KEDA = "ScaledObject";

  private static final String BETWEEN = "; ";

  /** What follows a {@link #BETWEEN} within an evidence is no scaler of its own. */
  private static final Pattern NEXT =
      Pattern.compile(BETWEEN + "(?=(?:%s|%s) \\S+ \\()".formatted(HORIZONTAL, KEDA));

  /** One of which no object could be read. */
  public Scaler(String kind, String name, String evidence) {
    this(kind, name, evidence, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Those that change the count as they are set; of what is not known, it is taken for so. */
  public static List<Scaler> acting(List<Scaler> scalers) {
    return scalers.stream().filter(Scaler::acts).toList();
  }

  /** Whether it changes the count as it is set, as far as is known. */
  public boolean acts() {
    return object.filter(ScalerObject::resting).isEmpty();
  }

  /** What would have to be changed to hold it, where nobody is seen who would undo that. */
  public Optional<ScalerObject> holdable() {
    return object.filter(each -> !each.resting() && each.undone().isEmpty());
  }

  /** It in words: what it is, and by what it was known. */
  public String text() {
    return "%s (%s)".formatted(title(), evidence);
  }

  /** Several in words; empty for none. */
  public static String text(List<Scaler> scalers) {
    return scalers.stream().map(Scaler::text).collect(Collectors.joining(BETWEEN));
  }

  /**
   * Those of before that are not there any more, in the same words; empty when all are there.
   *
   * @param before as {@link #text(List)} had put it
   */
  public static String missing(String before, List<Scaler> now) {
    return without(before, text -> now.stream().anyMatch(each -> each.is(text)));
  }

  /** Those of before that are set otherwise now, in the words of before; empty when none is. */
  public static String changed(String before, List<Scaler> now) {
    return without(
        before,
        text ->
            now.stream().filter(each -> each.is(text)).allMatch(each -> each.text().equals(text)));
  }

  private static String without(String before, Predicate<String> which) {
    return NEXT.splitAsStream(before).filter(which.negate()).collect(Collectors.joining(BETWEEN));
  }

  private boolean is(String text) {
    return text.startsWith(title() + " (");
  }

  /** Whether an operator pauses it by taking it away or by a switch of its own. */
  public boolean autoscaler() {
    return kind.equals(HORIZONTAL) || kind.equals(KEDA);
  }

  private String title() {
    return kind + " " + name;
  }
}
