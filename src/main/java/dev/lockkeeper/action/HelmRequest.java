package dev.lockkeeper.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Run {@code helm upgrade}, with the values of a revision that is there already.
 *
 * @param place where the release is
 * @param chart what it is upgraded to
 * @param values whose values are taken, and what is changed in them
 * @param seen the Deployment as it was seen: another one, or one that was changed since, is another
 *     request
 */
public record HelmRequest(Place place, Chart chart, Values values, Seen seen) implements Request {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
  private static final String OCI = "oci://";
  private static final String VALUES = "values.yaml";

  /**
   * Where the release is.
   *
   * @param context the kubeconfig's context
   * @param namespace the namespace
   * @param release the release's name
   * @param revision its newest revision
   */
  public record Place(String context, String namespace, String release, int revision) {}

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
   * @param revision the revision that has the operator's own
   * @param replicas the replica count that goes before theirs, if one does
   * @param livenessProbe the value below {@code coder.livenessProbe} that goes before theirs, such
   *     as {@code enabled=false}, if one does
   * @param description what Helm notes in its history; empty for Helm's own words
   * @param forceConflicts whether fields that others changed are taken back, as Helm 4 needs to be
   *     told where it applies on the server's side
   */
  public record Values(
      int revision,
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
   * The Deployment.
   *
   * @param name its name
   * @param uid its uid
   * @param generation its generation
   * @param from the replicas that it wants
   * @param to the replicas that it will want
   * @param ownReplicas what the operator's values say, if that is known
   * @param image the image that it has
   */
  public record Seen(
      String name,
      String uid,
      long generation,
      int from,
      int to,
      Optional<Integer> ownReplicas,
      String image) {}

  @Override
  public String summary() {
    return "helm upgrade %s to %s-%s, %d → %d replicas"
        .formatted(place.release(), chart.name(), chart.version(), seen.from(), seen.to());
  }

  @Override
  public String verb() {
    return "Run helm upgrade";
  }

  @Override
  public String command() {
    return "helm %s > %s && helm %s"
        .formatted(words(valuesArguments()), VALUES, words(upgradeArguments(VALUES)));
  }

  @Override
  public String undo() {
    return "helm "
        + words(located(List.of("rollback", place.release(), Integer.toString(place.revision()))));
  }

  /** What brings the values into a file. */
  public List<String> valuesArguments() {
    return located(
        List.of(
            "get",
            "values",
            place.release(),
            "--revision",
            Integer.toString(values.revision()),
            "--output",
            "yaml"));
  }

  /** What tells the newest revision. */
  public List<String> historyArguments() {
    return located(List.of("history", place.release(), "--max", "1", "--output", "json"));
  }

  /**
   * What upgrades. Neither {@code --wait} nor {@code --atomic}: Helm gives up after five minutes,
   * and would put the old image back while the migration runs.
   *
   * @param file the file with the values
   */
  public List<String> upgradeArguments(String file) {
    List<String> words = new ArrayList<>(List.of("upgrade", place.release()));
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
    return located(words);
  }

  /**
   * The same as a dry run. It has no description: with one, helm does not print what it rendered.
   *
   * @param file the file with the values
   */
  public List<String> rehearsalArguments(String file) {
    Values plain =
        new Values(
            values.revision(),
            values.replicas(),
            values.livenessProbe(),
            "",
            values.forceConflicts());
    List<String> words =
        new ArrayList<>(new HelmRequest(place, chart, plain, seen).upgradeArguments(file));
    words.add("--dry-run=server");
    return List.copyOf(words);
  }

  private List<String> located(List<String> words) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("--namespace", place.namespace(), "--kube-context", place.context()));
    return List.copyOf(all);
  }

  private static String words(List<String> arguments) {
    return arguments.stream()
        .map(word -> PLAIN.matcher(word).matches() ? word : ShellWord.of(word))
        .collect(Collectors.joining(" "));
  }

  @Override
  public Map<String, String> identity() {
    Map<String, String> data = new TreeMap<>();
    data.put("request", "helm-upgrade");
    data.put("context", place.context());
    data.put("namespace", place.namespace());
    data.put("release", place.release());
    data.put("revision", Integer.toString(place.revision()));
    data.put("repository", chart.repository());
    data.put("chart", chart.name());
    data.put("version", chart.version());
    data.put("values-revision", Integer.toString(values.revision()));
    data.put("replica-count", values.replicas().map(String::valueOf).orElse(""));
    data.put("liveness-probe", values.livenessProbe().orElse(""));
    data.put("own-replicas", seen.ownReplicas().map(String::valueOf).orElse(""));
    data.put("description", values.description());
    data.put("force-conflicts", Boolean.toString(values.forceConflicts()));
    data.put("deployment", seen.name());
    data.put("uid", seen.uid());
    data.put("generation", Long.toString(seen.generation()));
    data.put("from", Integer.toString(seen.from()));
    data.put("to", Integer.toString(seen.to()));
    data.put("image", seen.image());
    return data;
  }

  @Override
  public Rehearsal rehearse(Operations operations) {
    return operations.helm().rehearse(this);
  }

  @Override
  public Outcome perform(Operations operations) {
    return operations.helm().upgrade(this);
  }
}
