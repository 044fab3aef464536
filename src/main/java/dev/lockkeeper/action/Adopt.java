package dev.lockkeeper.action;

import dev.lockkeeper.analysis.CoderV1Adoption;
import dev.lockkeeper.analysis.HelmConflict;
import dev.lockkeeper.analysis.ReleaseLookup;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment.FieldManager;
import dev.lockkeeper.snapshot.NamedObject.Metadata;
import dev.lockkeeper.snapshot.ObjectKind;
import dev.lockkeeper.snapshot.ObjectName;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Let the object that Helm refused to take over say that it belongs to the release: one label and
 * two annotations (C59). What belongs to another release is not ours to take.
 */
public record Adopt() implements Action {
  /** Who writes with these does so by hand, once; others come back. */
  private static final String BY_HAND = "(?i)(kubectl|helm|lockkeeper|k9s|lens|mozilla|okhttp).*";

  @Override
  public String word() {
    return "adopt";
  }

  @Override
  public boolean adopts() {
    return true;
  }

  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    if (cluster.isEmpty()) {
      return Proposal.none("the cluster cannot be read now");
    }
    Optional<HelmConflict> conflict = HelmConflict.of(snapshot);
    return conflict
        .map(each -> proposed(each, snapshot, cluster.get()))
        .orElseGet(() -> Proposal.none("Helm names no object that it does not own"));
  }

  private static Proposal proposed(HelmConflict conflict, Snapshot snapshot, Cluster cluster) {
    String object = conflict.name().map(ObjectName::spoken).orElse("the object");
    if (conflict.seen().isEmpty()) {
      return Proposal.none(
          "%s: %s%s"
              .formatted(
                  object,
                  conflict.reason(),
                  conflict.waits() ? "" : "; the commands on the screen do it by hand, then x"));
    }
    if (conflict.gone()) {
      return Proposal.none(object + " is gone: Helm makes its own, x goes on");
    }
    if (conflict.wanted().isEmpty()) {
      return Proposal.none(
          "which Helm release this is, is not known: " + ReleaseLookup.of(snapshot).reason());
    }
    Optional<String> keeper = conflict.keeper(snapshot);
    if (keeper.isPresent()) {
      return Proposal.none(
          "%s belongs to %s and must not be taken from it: ask who manages it"
              .formatted(object, keeper.get()));
    }
    return conflict.settled()
        ? Proposal.none("%s says already that it belongs to the release".formatted(object))
        : Proposal.of(plan(conflict, snapshot, cluster));
  }

  private static Plan plan(HelmConflict conflict, Snapshot snapshot, Cluster cluster) {
    Metadata found = conflict.found().orElseThrow();
    AdoptRequest request =
        new AdoptRequest(
            cluster.identity().pinned(),
            conflict.name().orElseThrow(),
            found.uid(),
            found.resourceVersion(),
            found.claim(),
            conflict.wanted().orElseThrow());
    return new Plan(
        request,
        Risk.DISRUPTIVE,
        effects(request, found, snapshot),
        request.undo(),
        cluster.identity().phrase());
  }

  private static List<String> effects(AdoptRequest request, Metadata found, Snapshot snapshot) {
    List<String> effects = new ArrayList<>();
    effects.add(
        "it was made %s; %s"
            .formatted(CoderV1Adoption.ago(found.createdAt(), snapshot), by(found)));
    for (String owner : found.owners()) {
      effects.add(
          "%s owns it and keeps managing it: the two may overwrite each other".formatted(owner));
    }
    found.managers().stream()
        .filter(manager -> !manager.name().matches(BY_HAND))
        .map(
            manager ->
                "%s wrote to it %s: if that manages it, the two may overwrite each other; ask first"
                    .formatted(manager.name(), CoderV1Adoption.ago(manager.at(), snapshot)))
        .forEach(effects::add);
    effects.add("nothing restarts now: only a label and two annotations change");
    effects.add(
        "the next helm upgrade of %s sets in it what the chart says".formatted(release(request)));
    effects.add(
        "a later helm uninstall of %s deletes it%s"
            .formatted(
                release(request),
                request.object().known().filter(ObjectKind::holdsData).isPresent()
                    ? ", and what is in it"
                    : ""));
    return effects;
  }

  private static String by(Metadata found) {
    return found.managers().isEmpty()
        ? "by whom is not noted"
        : found.managers().stream()
            .map(FieldManager::name)
            .distinct()
            .collect(Collectors.joining(", ", "written by ", ""));
  }

  private static String release(AdoptRequest request) {
    return request.to().release().orElseThrow();
  }
}
