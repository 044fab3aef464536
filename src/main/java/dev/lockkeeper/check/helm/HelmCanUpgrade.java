package dev.lockkeeper.check.helm;

import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.FreshFacts;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Right;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code helm upgrade} needs is there while Coder still serves: a helm, the release, the
 * target's chart, and our rights to Helm's Secrets and to what the chart has made. Where another
 * way was chosen, or Helm does not keep the Deployment, nothing of that is needed (C12).
 */
public record HelmCanUpgrade() implements Check {
  private static final String WAY = "way";
  private static final String HELM = "helm";

  private static final List<Check> NEEDED =
      List.of(new HelmIsAtHand(), new ReleaseIsKnown(), new ChartIsThere());

  @Override
  public String word() {
    return "helm-can-upgrade";
  }

  @Override
  public String question() {
    return "helm upgrade finds what it needs";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    if (ReleaseIsKnown.none(snapshot)) {
      return Verdict.pass("Helm does not keep this deployment");
    }
    if (snapshot.run().chosen(WAY).filter(way -> !way.equals(HELM)).isPresent()) {
      return Verdict.pass("another way than helm was chosen");
    }
    List<Verdict> all =
        Stream.concat(
                NEEDED.stream().map(each -> each.evaluate(snapshot, knowledge)),
                Stream.of(rights(snapshot)))
            .toList();
    return first(all, Verdict.Answer.FAIL)
        .or(() -> first(all, Verdict.Answer.UNKNOWN))
        .orElseGet(() -> Verdict.pass(all.get(0).evidence() + "; no right is missing"));
  }

  private static Optional<Verdict> first(List<Verdict> all, Verdict.Answer answer) {
    return all.stream().filter(each -> each.answer() == answer).findFirst();
  }

  private static Verdict rights(Snapshot snapshot) {
    Observed<List<Right>> asked =
        snapshot
            .cluster()
            .value()
            .map(Cluster::around)
            .map(around -> around.helm())
            .orElseGet(() -> Observed.notYet(snapshot.now()));
    Optional<List<Right>> rights = FreshFacts.read(asked, snapshot);
    if (rights.isEmpty()) {
      return Verdict.unknown("our rights for helm: " + FreshFacts.why(asked));
    }
    List<String> denied =
        rights.get().stream().flatMap(right -> denied(right).stream()).distinct().toList();
    if (!denied.isEmpty()) {
      return Verdict.fail("no right to " + String.join(", to ", denied));
    }
    return rights.get().stream()
        .map(Right::denied)
        .filter(each -> !each.isKnown())
        .findFirst()
        .map(each -> Verdict.unknown("our rights for helm: " + each.reason()))
        .orElseGet(() -> Verdict.pass(""));
  }

  /** Such as {@code patch roles (coder)}; empty where nothing is denied or nothing known. */
  private static Optional<String> denied(Right right) {
    return right
        .denied()
        .value()
        .filter(verbs -> !verbs.isEmpty())
        .map(verbs -> String.join(" and ", verbs) + " " + right.resource())
        .map(words -> right.name().isEmpty() ? words : "%s (%s)".formatted(words, right.name()));
  }
}
