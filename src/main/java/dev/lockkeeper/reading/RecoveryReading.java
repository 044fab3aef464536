package dev.lockkeeper.reading;

import dev.lockkeeper.analysis.Blockers;
import dev.lockkeeper.analysis.Candidates;
import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.analysis.ImageFit;
import dev.lockkeeper.analysis.Resting;
import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.analysis.Versions;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.Regime;
import dev.lockkeeper.diagnosis.Diagnosis;
import dev.lockkeeper.diagnosis.FailedBefore;
import dev.lockkeeper.diagnosis.Finding;
import dev.lockkeeper.diagnosis.Remembered;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.PinnedContext;
import dev.lockkeeper.snapshot.Pod;
import dev.lockkeeper.snapshot.SchemaTable;
import dev.lockkeeper.snapshot.ShellWord;
import dev.lockkeeper.snapshot.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What an operator reads who recovers from a migration that is stuck. */
final class RecoveryReading {
  private static final int MOST = 3;

  private RecoveryReading() {}

  /** What is found, most urgent first, with what helps and what would make it worse. */
  static List<String> findings(Snapshot snapshot, Knowledge knowledge) {
    List<Finding> found = Diagnosis.of(snapshot, knowledge);
    if (found.isEmpty()) {
      return List.of(
          snapshot.freshDatabase().isPresent() && snapshot.freshCluster().isPresent()
              ? SoFar.sentence(snapshot, knowledge)
                  .map(sentence -> "no failure is found so far: " + sentence)
                  .orElse("nothing is found: no lock is waited for, no pod fails")
              : "unknown: cluster or database was not read just now");
    }
    List<String> lines = new ArrayList<>();
    for (Finding finding : found.subList(0, Math.min(MOST, found.size()))) {
      lines.add(word(finding.urgency()) + "  " + finding.headline());
      lines.add("      do: " + finding.advice().text());
      if (!finding.notThis().isEmpty()) {
        lines.add("      do not: " + finding.notThis());
      }
    }
    if (found.size() > MOST) {
      lines.add(Durations.count(found.size() - MOST, "further finding") + ": press f");
    }
    return lines;
  }

  private static String word(Finding.Urgency urgency) {
    return switch (urgency) {
      case ACT -> "ACT ";
      case WAIT -> "WAIT";
      case BEWARE -> "TAKE CARE";
      case KNOW -> "KNOW";
    };
  }

  /** The commands that save what is lost when pods and sessions go. */
  static List<String> evidence(Snapshot snapshot, Knowledge knowledge) {
    Optional<Cluster> cluster = snapshot.cluster().value();
    if (cluster.isEmpty()) {
      return List.of("unknown: " + snapshot.cluster().reason());
    }
    PinnedContext at = cluster.get().identity().pinned();
    List<String> lines = new ArrayList<>();
    lines.add(kept(at.kubectl("get", "events", "-o", "yaml"), "events.yaml"));
    cluster
        .get()
        .deployment()
        .map(seen -> at.kubectl("get", "deployment/" + seen.name(), "-o", "yaml"))
        .ifPresent(command -> lines.add(kept(command, "deployment.yaml")));
    lines.add(kept(at.kubectl("get", "replicaset,pod", "-o", "yaml"), "objects.yaml"));
    for (Pod pod : cluster.get().pods()) {
      String log = at.kubectl(log(pod, cluster.get()));
      lines.add(kept(log, pod.name() + ".log"));
      if (pod.restarts() > 0) {
        lines.add(kept(log + " --previous", pod.name() + ".previous.log"));
      }
    }
    lines.add("Logs go with their pods, events after an hour, and locks with their sessions.");
    return lines;
  }

  /** Beside coderd a pod may have other containers, of which kubectl would take the first. */
  private static String[] log(Pod pod, Cluster cluster) {
    return Stream.concat(
            Stream.of("logs", pod.name(), "--tail=-1"),
            cluster.deployment().stream().flatMap(seen -> Stream.of("-c", seen.container().name())))
        .toArray(String[]::new);
  }

  private static String kept(String command, String file) {
    return "$ %s > %s".formatted(command, new ShellWord(file).quoted());
  }

  /** Who stands before the migrator, and what would happen to each. */
  static List<String> blockers(Snapshot snapshot, Knowledge knowledge) {
    Optional<Candidates> seen = Candidates.blockers(snapshot);
    if (seen.isEmpty()) {
      return List.of("unknown: the database was not read just now");
    }
    List<String> lines = new ArrayList<>(seen.get().lines(snapshot));
    if (Candidates.preparedBlocks(snapshot)) {
      lines.add("a prepared transaction, which has no session to end");
      lines.addAll(prepared(snapshot));
    }
    return lines.isEmpty() ? List.of("no session blocks a migrator") : lines;
  }

  private static List<String> prepared(Snapshot snapshot) {
    return snapshot.freshDatabase().map(Blockers::of).map(Blockers::prepared).stream()
        .flatMap(List::stream)
        .map(each -> "  " + Blockers.line(each))
        .toList();
  }

  /** Every session of the database, and which of them nobody may end. */
  static List<String> sessions(Snapshot snapshot, Knowledge knowledge) {
    Optional<Candidates> seen = Candidates.all(snapshot);
    if (seen.isEmpty()) {
      return List.of("unknown: the database was not read just now");
    }
    List<String> lines = new ArrayList<>(seen.get().lines(snapshot));
    int unlisted =
        snapshot.freshDatabase().map(each -> each.locking().unlisted().sessions()).orElse(0);
    if (unlisted > 0) {
      lines.add("and %d more for which there was no room".formatted(unlisted));
    }
    return lines.isEmpty() ? List.of("no session but our own") : lines;
  }

  /** What the database says of its schema, and what that means. */
  static List<String> schema(Snapshot snapshot, Knowledge knowledge) {
    Optional<Database> database = snapshot.database().value();
    if (database.isEmpty()) {
      return List.of("unknown: " + snapshot.database().reason());
    }
    SchemaTable table = database.get().schema();
    List<String> lines = new ArrayList<>();
    lines.add(
        "database %s, table %s.schema_migrations"
            .formatted(database.get().identity().name(), table.schema().orElse("?")));
    if (table.version().isEmpty()) {
      lines.add(table.detail());
    }
    table
        .version()
        .ifPresent(
            number -> {
              lines.add("%d, %s".formatted(number, table.dirty() ? "DIRTY" : "not dirty"));
              lines.add(
                  "a clean %d is known to %s"
                      .formatted(number, Versions.knowing(number, knowledge)));
              if (table.dirty()) {
                lines.add(Resting.dirt(snapshot));
              }
            });
    regime(snapshot).ifPresent(lines::add);
    return lines;
  }

  private static Optional<String> regime(Snapshot snapshot) {
    return snapshot
        .cluster()
        .value()
        .flatMap(Cluster::deployment)
        .flatMap(seen -> CoderVersion.ofImage(seen.image()))
        .map(version -> version + ": " + Regime.of(version).explanation());
  }

  /** Which images can serve the database, and where to name them. */
  static List<String> images(Snapshot snapshot, Knowledge knowledge) {
    Optional<Deployment> deployment = snapshot.cluster().value().flatMap(Cluster::deployment);
    Optional<Long> schema = UpgradePath.schemaNow(snapshot);
    if (deployment.isEmpty() || schema.isEmpty()) {
      return List.of("unknown: the deployment or the schema number cannot be read");
    }
    List<String> lines = new ArrayList<>();
    lines.add("image     " + deployment.get().image());
    lines.add(
        "database  %d: use %s".formatted(schema.get(), Versions.knowing(schema.get(), knowledge)));
    UpgradePath.named(snapshot)
        .map(version -> ImageFit.of(version, schema.get(), knowledge).sentence())
        .ifPresent(lines::add);
    Remembered.standing(snapshot)
        .map(
            kept ->
                "seen with it, %s ago, %s: %s"
                    .formatted(
                        Durations.of(Duration.between(kept.at(), snapshot.now())),
                        kept.pod(),
                        FailedBefore.sentence(kept)))
        .ifPresent(lines::add);
    lines.add(
        deployment.get().chart().isPresent()
            ? "Helm set it (%s): name the version in your chart's --version, or in coder.image.tag where your values pin it."
                .formatted(deployment.get().chart().get())
            : "no helm.sh/chart label: whoever wrote the manifest should name the same version.");
    return lines;
  }

  /** What of an upgrade is done already, as the cluster and the database show it. */
  static List<String> handover(Snapshot snapshot, Knowledge knowledge) {
    Optional<CoderVersion> installed = UpgradePath.named(snapshot);
    Optional<Long> schema = UpgradePath.schemaNow(snapshot);
    if (installed.isEmpty() || schema.isEmpty()) {
      return List.of("unknown: the image or the schema number cannot be read");
    }
    List<String> lines = new ArrayList<>();
    lines.add("image %s, schema %d".formatted(installed.get(), schema.get()));
    Optional<CoderVersion> target = snapshot.run().target().flatMap(CoderVersion::parse);
    if (target.isEmpty()) {
      lines.add("To upgrade from here: $ lockkeeper upgrade --to <version>");
      return lines;
    }
    boolean there =
        installed.equals(target)
            && UpgradePath.of(snapshot, knowledge)
                .wanted()
                .filter(wanted -> wanted.admits(schema.get()))
                .isPresent();
    lines.add(
        there
            ? "The upgrade to %s is done: image and schema are its own.".formatted(target.get())
            : "The upgrade to %s is still to do: %s"
                .formatted(
                    target.get(), ImageFit.of(target.get(), schema.get(), knowledge).sentence()));
    if (!there) {
      lines.add("$ lockkeeper upgrade --to " + target.get());
      lines.add(
          "It reads what is done from the cluster and the database, and does not ask for it"
              + " again.");
    }
    return lines;
  }
}
