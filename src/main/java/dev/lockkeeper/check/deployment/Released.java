package dev.lockkeeper.check.deployment;

import dev.lockkeeper.check.FreshFacts;
import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Scaler;
import dev.lockkeeper.snapshot.ScalerObject;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether what this run held is set as it was before.
 *
 * @param gitOps whether those that bring what a repository says; those that scale otherwise
 */
public record Released(boolean gitOps) {
  /** Of one that is not seen any more nobody knows how it is set. */
  Verdict evaluate(Snapshot snapshot) {
    Optional<Observed<List<Scaler>>> scalers = snapshot.freshCluster().map(Cluster::scalers);
    if (scalers.isEmpty()) {
      return Verdict.unknown("the cluster cannot be read");
    }
    Set<String> held = held(snapshot.run());
    if (held.isEmpty()) {
      return Verdict.pass("this run paused none");
    }
    Optional<List<Scaler>> found = FreshFacts.read(scalers.get(), snapshot);
    if (found.isEmpty()) {
      return Verdict.unknown(FreshFacts.why(scalers.get()));
    }
    List<ScalerObject> seen = found.get().stream().flatMap(each -> each.object().stream()).toList();
    Optional<Verdict> still =
        seen.stream()
            .filter(each -> owed(each, snapshot.run()))
            .findFirst()
            .map(each -> Verdict.fail("still paused: " + each.spoken()));
    seen.forEach(each -> held.remove(each.word()));
    return still.orElseGet(
        () ->
            held.isEmpty()
                ? Verdict.pass("set as before this run")
                : Verdict.unknown("not seen any more: " + spoken(held)));
  }

  /** Whether it is set otherwise than before this run held it. */
  public boolean owed(ScalerObject object, RunFacts run) {
    return object.type().gitOps() == gitOps
        && run.recalled(object.word())
            .filter(before -> !before.equals(object.setting()))
            .isPresent();
  }

  /** The words of the debts that are repaid by seeing it; each stands for all of its type. */
  String repays() {
    return words().collect(Collectors.joining(" "));
  }

  private Stream<String> words() {
    return Arrays.stream(ScalerObject.Type.values())
        .filter(type -> type.gitOps() == gitOps)
        .map(type -> ScalerObject.HELD + type.word());
  }

  private Set<String> held(RunFacts run) {
    return run.remembered().keySet().stream()
        .filter(held -> words().anyMatch(word -> held.startsWith(word + ":")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String spoken(Set<String> words) {
    return words.stream()
        .map(word -> word.substring(ScalerObject.HELD.length()).replace(':', ' '))
        .collect(Collectors.joining(", "));
  }
}
