package dev.lockkeeper.reading;

import dev.lockkeeper.analysis.CoderV1Commands;
import dev.lockkeeper.analysis.CoderV1Path;
import dev.lockkeeper.analysis.CoderV1Place;
import dev.lockkeeper.analysis.ReleaseLookup;
import dev.lockkeeper.coder.ChartRepository;
import dev.lockkeeper.coder.CoderV1Chart;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Database;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The way back to the version that the snapshot of the database was taken of (C62). */
final class CoderV1Downgrade {
  private CoderV1Downgrade() {}

  static List<String> lines(Snapshot snapshot, Knowledge knowledge) {
    return CoderV1Commands.with(snapshot, here -> lines(here, snapshot));
  }

  private static List<String> lines(CoderV1Commands here, Snapshot snapshot) {
    Optional<CoderVersion> version = version(snapshot);
    Optional<HelmRelease> release = ReleaseLookup.of(snapshot).release();
    List<String> lines = new ArrayList<>();
    snapshot
        .run()
        .said("backup-id")
        .ifPresent(said -> lines.add("This run's snapshot: " + said.value()));
    lines.add(
        version
            .map(CoderV1Chart::spoken)
            .map("It goes back to "::concat)
            .orElse("Version unknown"));
    otherServer(snapshot).ifPresent(lines::addAll);
    lines.add("");
    lines.add("1  The snapshot is in place: 4.7 shows under 'database' what is there now.");
    if (release.filter(HelmRelease::pending).isPresent()) {
      lines.add(
          "2  The release is %s. When no helm runs any more:".formatted(release.get().status()));
      lines.add(
          "   $ "
              + here.at()
                  .helm(
                      "rollback",
                      here.release(),
                      release
                          .get()
                          .lastDeployed()
                          .map(each -> "" + each.number())
                          .orElse("REVISION")));
      lines.add("   It frees the release and starts that revision. If it is another version:");
    } else {
      lines.add("2  This starts the pods of that version. No helm rollback before the restore.");
    }
    lines.add("   " + upgrade(here, version, snapshot));
    lines.add("3  " + replicas(here, snapshot));
    return lines;
  }

  /** What the operator said of the snapshot, or else what ran when the run began. */
  private static Optional<CoderVersion> version(Snapshot snapshot) {
    return snapshot
        .run()
        .said("image-version")
        .map(RunFacts.Attested::value)
        .map(String::strip)
        .flatMap(CoderVersion::parse)
        .or(() -> CoderV1Path.of(snapshot).source());
  }

  /** With the repository's URL: an alias may lead to the charts of v2. */
  private static String upgrade(
      CoderV1Commands here, Optional<CoderVersion> version, Snapshot snapshot) {
    return "$ "
        + here.at()
            .helm(
                "upgrade",
                here.release(),
                "coder",
                "--repo",
                snapshot
                    .helm()
                    .value()
                    .map(Helm::repository)
                    .filter(repository -> repository.matches("https?://.+"))
                    .orElse(ChartRepository.V1),
                "--version",
                version.map(CoderV1Chart::spoken).orElse("<VERSION>"),
                "--values",
                here.values());
  }

  private static String replicas(CoderV1Commands here, Snapshot snapshot) {
    Optional<Integer> before = snapshot.run().replicas();
    int wanted = CoderV1Place.deployment(snapshot).map(Deployment::replicas).orElse(0);
    String count = before.map(String::valueOf).orElse("COUNT");
    return wanted > 0 && before.filter(number -> number != wanted).isEmpty()
        ? "The pods become Ready: %s of them, as before the run.".formatted(count)
        : "If helm leaves another count than before the run: $ "
            + here.at().kubectl("scale", "deployment/" + here.deployment(), "--replicas=" + count);
  }

  /** What is restored beside the old server has an address of its own, or has taken the old one. */
  private static Optional<List<String>> otherServer(Snapshot snapshot) {
    Optional<String> before = snapshot.run().recalled(RunFacts.SYSTEM_IDENTIFIER);
    Optional<String> now =
        snapshot
            .database()
            .value()
            .map(Database::identity)
            .map(each -> each.systemIdentifier())
            .filter(id -> !id.isEmpty());
    if (before.isEmpty() || now.isEmpty() || now.equals(before)) {
      return Optional.empty();
    }
    return Optional.of(
        List.of(
            "NOTE: this is another database server than at the run's start. If your restore made"
                + " it, that is right, and 4.8 does not end by itself: once the pods are Ready, x"
                + " leaves it out, and what is owed is waived, with that as the reason."));
  }
}
