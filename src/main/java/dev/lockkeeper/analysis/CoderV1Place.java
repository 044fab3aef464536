package dev.lockkeeper.analysis;

import dev.lockkeeper.coder.ChartRepository;
import dev.lockkeeper.coder.CoderV1Chart;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where a Coder v1 is, and where its chart and its images come from. */
public final class CoderV1Place {
  private CoderV1Place() {}

  /** What is installed, by Deployment, Helm and database (C50, C63). */
  public static List<String> lines(Snapshot snapshot, Knowledge knowledge) {
    List<String> lines = new ArrayList<>();
    Optional<Deployment> deployment = deployment(snapshot);
    deployment.ifPresentOrElse(
        seen -> {
          lines.add("deployment " + seen.name());
          lines.add("image      " + seen.image());
          lines.add("chart      " + seen.chart().orElse("no helm.sh/chart label"));
        },
        () -> lines.add("deployment unknown: " + why(snapshot)));
    ReleaseLookup sight = ReleaseLookup.of(snapshot);
    lines.add(
        "release    "
            + sight.release().map(ReleaseLookup::spoken).orElse("unknown: " + sight.reason()));
    lines.add("database   " + database(snapshot));
    if (deployment.filter(seen -> seen.name().equals(CoderV1Chart.OLDER_NAME)).isPresent()) {
      lines.add("");
      lines.add(
          "From 1.27 on the Deployment is coderd: begin a new run after that upgrade, with"
              + " --deployment coderd.");
    }
    return lines;
  }

  private static String database(Snapshot snapshot) {
    return snapshot
        .database()
        .value()
        .map(
            seen ->
                seen.schema()
                    .v1()
                    .map(schema -> "schema %s has v1's table migration_cursor".formatted(schema))
                    .orElse("no table migration_cursor is seen: not v1's database, or hidden"))
        .orElse("unknown: " + snapshot.database().reason());
  }

  /** Where the charts come from, and how the right place is told to Helm (C50, C54). */
  public static List<String> repository(Snapshot snapshot, Knowledge knowledge) {
    List<String> lines = new ArrayList<>();
    Optional<Helm> helm = snapshot.helm().value();
    if (helm.isEmpty()) {
      lines.add("helm: " + snapshot.helm().reason());
    } else if (!helm.get().usable()) {
      lines.add("helm: " + helm.get().trouble());
    } else {
      lines.add("helm %s (%s)".formatted(helm.get().version(), helm.get().program()));
      lines.add("charts from " + helm.get().repository());
      lines.add("target: " + chart(helm.get().chart()));
    }
    lines.add("%s is v2's, with a chart of the same name.".formatted(ChartRepository.V2));
    return lines;
  }

  private static String chart(Observed<Optional<String>> chart) {
    return chart
        .value()
        .map(
            found ->
                found
                    .map(version -> "chart coder-" + version)
                    .orElse("there is no chart of this version"))
        .orElse("unknown: " + chart.reason());
  }

  /** Whose images and charts these are (C61). */
  public static List<String> source(Snapshot snapshot, Knowledge knowledge) {
    Optional<Deployment> deployment = deployment(snapshot);
    if (deployment.isEmpty()) {
      return List.of("unknown: " + why(snapshot));
    }
    String image = deployment.get().image();
    String charts = snapshot.helm().value().map(Helm::repository).orElse("unknown");
    List<String> lines = new ArrayList<>(List.of("image  " + image, "charts " + charts, ""));
    boolean own = image.startsWith(CoderV1Chart.IMAGES) || image.startsWith("coderenvs/");
    if (own && !publicSector(charts)) {
      lines.add("The image is Coder's own.");
      return lines;
    }
    lines.add(
        publicSector(image) || publicSector(charts)
            ? "NOTE: these are the public sector's."
            : "NOTE: the image is not from Coder's own registry. If it is the public sector's:");
    lines.add(
        "Charts come from Big Bang and images from Iron Bank, and both are one release behind"
            + " Coder's. Look there whether the target is published before you begin.");
    lines.add(
        "Their image is named in your values (coderd.image): name the target's there and do not"
            + " remove it, or pods pull Coder's own. Their chart: --helm-repository with its URL,"
            + " or 3.1 by hand.");
    return lines;
  }

  private static boolean publicSector(String text) {
    return text.matches("(?i).*(\\bdso\\.mil|big-?bang|iron-?bank|registry1).*");
  }

  public static Optional<Deployment> deployment(Snapshot snapshot) {
    return snapshot.cluster().value().flatMap(Cluster::deployment);
  }

  static String why(Snapshot snapshot) {
    return snapshot.cluster().isKnown()
        ? "there is no such deployment"
        : snapshot.cluster().reason();
  }
}
