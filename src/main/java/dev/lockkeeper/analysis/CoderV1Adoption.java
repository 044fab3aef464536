package dev.lockkeeper.analysis;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Deployment.FieldManager;
import dev.lockkeeper.snapshot.HelmClaim;
import dev.lockkeeper.snapshot.NamedObject.Metadata;
import dev.lockkeeper.snapshot.ObjectKind;
import dev.lockkeeper.snapshot.ObjectName;
import dev.lockkeeper.snapshot.PinnedContext;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The object that Helm does not take over: who made it, who keeps it, and how it is handed over.
 */
public final class CoderV1Adoption {
  private static final Duration DAY = Duration.ofDays(1);

  private CoderV1Adoption() {}

  /** What the step shows (C59). */
  public static List<String> lines(Snapshot snapshot, Knowledge knowledge) {
    Optional<HelmConflict> conflict = HelmConflict.of(snapshot);
    if (conflict.isEmpty()) {
      return CoderV1Failure.of(snapshot).isEmpty()
          ? List.of("Helm refuses nothing that is known here.")
          : List.of("Helm's refusal is about something else than ownership: see 3.4.");
    }
    return lines(conflict.get(), snapshot);
  }

  private static List<String> lines(HelmConflict conflict, Snapshot snapshot) {
    List<String> lines = new ArrayList<>();
    if (conflict.gone()) {
      return List.of(
          spoken(conflict) + " is not there any more: Helm makes its own. Upgrade again.");
    }
    Optional<String> keeper = conflict.keeper(snapshot);
    keeper.map(CoderV1Adoption::others).ifPresent(lines::addAll);
    conflict
        .found()
        .ifPresentOrElse(
            found -> lines.addAll(told(conflict, found, snapshot)),
            () -> lines.add("%s: %s".formatted(spoken(conflict), conflict.reason())));
    if (conflict.settled()) {
      lines.add("It says that it belongs to the release: Helm takes it over.");
      return lines;
    }
    if (keeper.isEmpty()) {
      lines.addAll(CoderV1Commands.with(snapshot, here -> byHand(conflict, here)));
    }
    return lines;
  }

  private static List<String> others(String keeper) {
    return List.of(
        "NOT OURS: it belongs to %s.".formatted(keeper),
        "Taken away, it is missing there, and the next upgrade of that release fails. Ask who"
            + " manages it. Only they can free it, where `helm list -A` shows no such release any"
            + " more.",
        "");
  }

  private static String spoken(HelmConflict conflict) {
    return conflict.name().map(ObjectName::spoken).orElse("KIND NAME");
  }

  private static List<String> told(HelmConflict conflict, Metadata found, Snapshot snapshot) {
    List<String> lines = new ArrayList<>();
    lines.add("%s, made %s".formatted(spoken(conflict), ago(found.createdAt(), snapshot)));
    for (FieldManager manager : found.managers()) {
      lines.add("  written by %s, %s".formatted(manager.name(), ago(manager.at(), snapshot)));
    }
    found
        .owners()
        .forEach(owner -> lines.add("  owned by %s, which keeps managing it".formatted(owner)));
    Map<String, String> present = found.claim().entries();
    for (String word : List.of(HelmClaim.MANAGED_BY, HelmClaim.RELEASE, HelmClaim.NAMESPACE)) {
      lines.add("  %s: %s".formatted(word, present.getOrDefault(word, "none")));
    }
    lines.add("");
    return lines;
  }

  /** How long ago, in words for people; days where it is long ago. */
  public static String ago(Instant at, Snapshot snapshot) {
    Duration age = Duration.between(at, snapshot.now());
    return age.compareTo(DAY) < 0
        ? Durations.of(age) + " ago"
        : at.atZone(ZoneOffset.UTC).toLocalDate().toString();
  }

  private static List<String> byHand(HelmConflict conflict, CoderV1Commands here) {
    ObjectName name =
        conflict.name().orElseGet(() -> new ObjectName("KIND", "NAME", here.at().namespace()));
    PinnedContext at = here.at().in(name.namespace());
    List<String> lines = new ArrayList<>();
    boolean seen = conflict.found().isPresent();
    lines.add(
        seen
            ? "enter does it, after a question. By hand:"
            : conflict.waits() ? "By hand:" : "By hand, then x:");
    boolean secret = name.known().filter(ObjectKind.SECRET::equals).isPresent();
    lines.add(
        "$ "
            + (secret
                ? at.kubectl("get", name.word(), "-o", "jsonpath={.metadata}")
                : at.kubectl("get", name.word(), "-o", "yaml", "--show-managed-fields")));
    lines.add(
        "$ " + at.kubectl("label", name.word(), HelmClaim.MANAGED_BY + "=Helm", "--overwrite"));
    lines.add(
        "$ "
            + at.kubectl(
                "annotate",
                name.word(),
                HelmClaim.RELEASE + "=" + here.release(),
                HelmClaim.NAMESPACE + "=" + here.at().namespace(),
                "--overwrite"));
    lines.add("");
    lines.add("From then on Helm changes it with the release, and an uninstall deletes it.");
    lines.add("Helm names one object at a time: there may be another one.");
    return lines;
  }
}
