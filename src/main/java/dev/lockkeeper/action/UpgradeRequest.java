package dev.lockkeeper.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Run {@code helm upgrade}, or install what is not there.
 *
 * @param place where the release is, or is to be
 * @param chart what it is upgraded to
 * @param values whose values are taken, and what is changed in them
 * @param seen the Deployment as it was seen
 * @param to the replicas that it will want
 * @param ownReplicas what the operator's values say, if that is known
 */
public record UpgradeRequest(
    Place place, Chart chart, Values values, Seen seen, int to, Optional<Integer> ownReplicas)
    implements HelmRequest {
  private static final String OCI = "oci://";
  private static final String VALUES = "values.yaml";

  /**
   * A chart in a repository.
   *
   * @param repository its URL; with {@code oci://} it is the chart itself
   * @param name the chart's name
   * @param version the chart's version, never left out
   */
  public record Chart(String repository, String name, String version) {}

  /**
   * The values.
   *
   * @param revision the revision that has the operator's own, where no file has them
   * @param file the operator's own file, if one is given
   * @param replicas the replica count that goes before theirs, if one does
   * @param livenessProbe the value below {@code coder.livenessProbe} that goes before theirs, such
   *     as {@code enabled=false}, if one does
   * @param description what Helm notes in its history; empty for Helm's own words
   * @param forceConflicts whether fields that others changed are taken back, as Helm 4 needs to be
   *     told where it applies on the server's side
   */
  public record Values(
      int revision,
      Optional<Given> file,
      Optional<Integer> replicas,
      Optional<String> livenessProbe,
      String description,
      boolean forceConflicts) {
    /** What goes before the operator's own, as Helm is told it; empty for nothing. */
    private String overrides() {
      return Stream.of(
              replicas.map(count -> "coder.replicaCount=" + count),
              livenessProbe.map(value -> "coder.livenessProbe." + value))
          .flatMap(Optional::stream)
          .collect(Collectors.joining(","));
    }
  }

  /**
   * A file with values.
   *
   * @param path where it lies
   * @param sha256 what was in it when it was seen, as its digest in hex
   */
  public record Given(String path, String sha256) {}

  @Override
  public String summary() {
    return installs()
        ? "helm install %s from %s-%s".formatted(place.release(), chart.name(), chart.version())
        : "helm upgrade %s to %s-%s, %d → %d replicas"
            .formatted(place.release(), chart.name(), chart.version(), seen.from(), to);
  }

  @Override
  public String verb() {
    return installs() ? "Run helm upgrade --install" : "Run helm upgrade";
  }

  /** Whether there is no release yet. */
  public boolean installs() {
    return place.revision() == 0;
  }

  @Override
  public String command() {
    return values
        .file()
        .map(given -> place.at().helm(words(given.path())))
        .orElseGet(
            () ->
                "(umask 077 && %s > %s) && %s"
                    .formatted(
                        place.at().helm(place.valuesWords(values.revision())),
                        VALUES,
                        place.at().helm(words(VALUES))));
  }

  @Override
  public String undo() {
    return installs()
        ? place.at().helm("uninstall", place.release())
        : place.at().helm("rollback", place.release(), Integer.toString(place.revision()));
  }

  @Override
  public Optional<Given> file() {
    return values.file();
  }

  @Override
  public List<String> valuesArguments() {
    return file().isPresent() ? List.of() : place.valuesArguments(values.revision());
  }

  /**
   * What upgrades. Neither {@code --wait} nor {@code --atomic}: Helm gives up after five minutes,
   * and would put the old image back while the migration runs.
   *
   * @param file the file with the values
   */
  @Override
  public List<String> words(String file) {
    List<String> words = new ArrayList<>(List.of("upgrade", place.release()));
    if (installs()) {
      words.add("--install");
    }
    if (chart.repository().startsWith(OCI)) {
      words.add(chart.repository());
    } else {
      words.addAll(List.of(chart.name(), "--repo", chart.repository()));
    }
    words.addAll(List.of("--version", chart.version(), "--reset-values", "--values", file));
    if (!values.overrides().isEmpty()) {
      words.addAll(List.of("--set", values.overrides()));
    }
    if (!values.description().isEmpty()) {
      words.addAll(List.of("--description", values.description()));
    }
    if (values.forceConflicts()) {
      words.add("--force-conflicts");
    }
    return List.copyOf(words);
  }

  /**
   * The same as a dry run. It has no description: with one, helm does not print what it rendered.
   *
   * @param file the file with the values
   */
  @Override
  public List<String> rehearsalArguments(String file) {
    Values plain =
        new Values(
            values.revision(),
            values.file(),
            values.replicas(),
            values.livenessProbe(),
            "",
            values.forceConflicts());
    List<String> words =
        new ArrayList<>(
            new UpgradeRequest(place, chart, plain, seen, to, ownReplicas).arguments(file));
    words.add("--dry-run=server");
    return List.copyOf(words);
  }

  @Override
  public RequestKind kind() {
    return RequestKind.HELM_UPGRADE;
  }

  @Override
  public Map<String, String> identity() {
    Map<String, String> data = new TreeMap<>(HelmRequest.target(this));
    data.put("repository", chart.repository());
    data.put("chart", chart.name());
    data.put("version", chart.version());
    data.put("values-revision", file().isPresent() ? "" : Integer.toString(values.revision()));
    data.put("values-file", file().map(Given::path).orElse(""));
    data.put("values-sha256", file().map(Given::sha256).orElse(""));
    data.put("replica-count", values.replicas().map(String::valueOf).orElse(""));
    data.put("liveness-probe", values.livenessProbe().orElse(""));
    data.put("own-replicas", ownReplicas.map(String::valueOf).orElse(""));
    data.put("description", values.description());
    data.put("force-conflicts", Boolean.toString(values.forceConflicts()));
    data.put("to", Integer.toString(to));
    return data;
  }
}
