package dev.lockkeeper.check.helm;

import dev.lockkeeper.analysis.HelmConflict;
import dev.lockkeeper.check.Check;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.ObjectName;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;
import java.util.stream.Collectors;

/** The object that Helm refused to take over says that it belongs to the release (C59). */
public record ObjectIsHelms() implements Check {
  @Override
  public String word() {
    return "object-is-helms";
  }

  @Override
  public String question() {
    return "the object that Helm named says that it belongs to the release";
  }

  @Override
  public Verdict evaluate(Snapshot snapshot, Knowledge knowledge) {
    if (snapshot.freshCluster().isEmpty()) {
      return Verdict.unknown("the cluster cannot be read");
    }
    return HelmConflict.of(snapshot)
        .map(conflict -> judged(conflict, snapshot))
        .orElseGet(() -> Verdict.pass("Helm names no object that it does not own"));
  }

  private static Verdict judged(HelmConflict conflict, Snapshot snapshot) {
    String object = conflict.name().map(ObjectName::spoken).orElse("the object");
    if (conflict.seen().isEmpty()) {
      return Verdict.unknown("%s: %s".formatted(object, conflict.reason()));
    }
    if (conflict.gone()) {
      return Verdict.pass(object + " is gone: Helm makes its own");
    }
    if (conflict.wanted().isEmpty()) {
      return Verdict.unknown(ReleaseIsKnown.why(snapshot));
    }
    Optional<String> keeper = conflict.keeper(snapshot);
    if (keeper.isPresent()) {
      return Verdict.fail("%s belongs to %s".formatted(object, keeper.get()));
    }
    return Verdict.of(
        conflict.settled(),
        conflict.settled()
            ? object + " belongs to it"
            : "%s says %s: hand it over first".formatted(object, said(conflict)));
  }

  private static String said(HelmConflict conflict) {
    String entries =
        conflict.found().orElseThrow().claim().entries().entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining(", "));
    return entries.isEmpty() ? "nothing of a release" : "only " + entries;
  }
}
