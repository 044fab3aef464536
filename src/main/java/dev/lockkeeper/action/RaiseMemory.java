package dev.lockkeeper.action;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.ImageFit;
import dev.lockkeeper.analysis.MigrationState;
import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.check.deployment.MemoryIsAsSaid;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Amount;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.PodTemplate;
import dev.lockkeeper.snapshot.Snapshot;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Raise the memory limit of the coderd container to what the operator said: the whole cure where
 * the kernel kills a container for it. Without a limit of its own it was a LimitRange's, or the
 * node ran out of memory.
 */
public record RaiseMemory() implements Action {
  private static final Pattern QUANTITY = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(Mi|Gi|M|G)");
  private static final Map<String, Long> UNITS =
      Map.of("M", 1_000_000L, "G", 1_000_000_000L, "Mi", 1L << 20, "Gi", 1L << 30);

  @Override
  public String word() {
    return "raise-memory";
  }

  @Override
  public List<String> needs() {
    return List.of(MemoryIsAsSaid.LIMIT);
  }

  @Override
  public Proposal propose(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.freshCluster();
    Optional<Deployment> deployment = cluster.flatMap(Cluster::deployment);
    if (deployment.isEmpty()) {
      return Proposal.none("the deployment cannot be read now");
    }
    Optional<Amount> limit = limit(deployment.get());
    if (limit.isEmpty()) {
      return Proposal.none(
          "the deployment sets no memory limit: its node ran out of memory, or a LimitRange sets"
              + " one; no limit here is known to fix that");
    }
    Optional<Amount> wanted = wanted(snapshot);
    if (wanted.isEmpty()) {
      return Proposal.none("name the limit first, such as 2Gi (r asks again)");
    }
    return wanted.get().exceeds(limit.get())
        ? Proposal.of(
            plan(
                snapshot,
                cluster.get(),
                deployment.get(),
                limit.get(),
                wanted.get(),
                migratesNothing(snapshot, knowledge)))
        : Proposal.none(
            "the limit is %s already; %s is not more (r asks again)"
                .formatted(limit.get().text(), wanted.get().text()));
  }

  /** The memory limit that the coderd container has, if it has one. */
  public static Optional<Amount> limit(Deployment deployment) {
    return Optional.ofNullable(deployment.template().own().get(PodTemplate.MEMORY_LIMIT));
  }

  /** What the operator said, in bytes; empty as well when it is no amount of memory. */
  public static Optional<Amount> wanted(Snapshot snapshot) {
    return snapshot
        .run()
        .said(MemoryIsAsSaid.LIMIT)
        .map(said -> said.value().strip())
        .flatMap(RaiseMemory::amount);
  }

  private static Optional<Amount> amount(String text) {
    Matcher matcher = QUANTITY.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new Amount(
                new BigDecimal(matcher.group(1))
                    .multiply(BigDecimal.valueOf(UNITS.get(matcher.group(2)))),
                text))
        : Optional.empty();
  }

  /** False as well where schema or version are not known. */
  private static boolean migratesNothing(Snapshot snapshot, Knowledge knowledge) {
    Optional<Long> schema = snapshot.freshDatabase().flatMap(seen -> seen.schema().version());
    return UpgradePath.named(snapshot)
        .flatMap(version -> schema.filter(at -> ImageFit.migratesNothing(version, at, knowledge)))
        .isPresent();
  }

  private static Plan plan(
      Snapshot snapshot,
      Cluster cluster,
      Deployment seen,
      Amount limit,
      Amount wanted,
      boolean migratesNothing) {
    MemoryRequest request =
        new MemoryRequest(
            cluster.identity().pinned(),
            seen.name(),
            seen.uid(),
            seen.generation(),
            seen.container().name(),
            limit.text(),
            wanted.text());
    boolean works = MigrationState.of(snapshot).underWay();
    List<String> effects = new ArrayList<>();
    effects.add(
        seen.replicas() == 0
            ? "no pod starts yet: the deployment wants 0 replicas"
            : "a rollout starts: %s of %s%s"
                .formatted(
                    Durations.count(seen.replicas(), "new pod"),
                    seen.image(),
                    migratesNothing
                        ? ", which has nothing left to migrate"
                        : ", each of which migrates if something is left to migrate"));
    if (works) {
      effects.add("a migration is in progress now: its pod is replaced, and its work is lost");
    }
    effects.add("the next helm upgrade puts %s back: name it there too".formatted(limit.text()));
    boolean starts = seen.replicas() > 0;
    boolean mayMigrate = starts && !migratesNothing;
    return new Plan(
        request,
        mayMigrate ? Risk.IRREVERSIBLE : starts ? Risk.DISRUPTIVE : Risk.SAFE,
        effects,
        mayMigrate
            ? "none for the schema: once a migration commits, a database snapshot is the only way"
                + " back"
            : request.undo(),
        cluster.identity().phrase());
  }
}
