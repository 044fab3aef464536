package dev.lockkeeper.snapshot;

import java.util.List;
import java.util.Optional;

/**
 * What there is to run Helm with, on this side.
 *
 * @param client what is run
 * @param charts where its charts come from
 * @param run the newest run of it in this sitting's journal folder, if there is one
 * @param folder the folder for its runs, and for values that are kept
 * @param values the file that the operator's values are in, if there is one
 */
public record Helm(
    Client client,
    Charts charts,
    Optional<HelmRun> run,
    String folder,
    Optional<ValuesFile> values) {
  /** The program's name where it is the one that is part of this program. */
  public static final String BUNDLED = "bundled";

  /**
   * A Helm that can be run, or why there is none.
   *
   * @param trouble why nothing can be run; empty when something can
   * @param program what is run; {@code bundled} for the one in this program
   * @param version its version, such as {@code v3.19.0}
   */
  public record Client(String trouble, String program, String version) {}

  /**
   * Where charts come from.
   *
   * @param repository a URL of a chart repository, or of an OCI registry
   * @param chart the version that a chart for the target has there, or why that is not known; empty
   *     inside when there is none
   * @param newestChart where there is none for the target: the newest version there, if that is
   *     known
   * @param repositories the chart repositories that the operator's own helm knows; empty while they
   *     are not known, and of the bundled one, which knows none
   */
  public record Charts(
      String repository,
      Observed<Optional<String>> chart,
      Optional<String> newestChart,
      Optional<List<HelmRepository>> repositories) {}

  public String trouble() {
    return client.trouble();
  }

  public String program() {
    return client.program();
  }

  public String version() {
    return client.version();
  }

  public String repository() {
    return charts.repository();
  }

  public Observed<Optional<String>> chart() {
    return charts.chart();
  }

  /** The same with this answer about the chart. */
  public Helm with(Observed<Optional<String>> answer) {
    return new Helm(
        client,
        new Charts(charts.repository, answer, charts.newestChart, charts.repositories),
        run,
        folder,
        values);
  }

  /** Whether it can be run. */
  public boolean usable() {
    return trouble().isEmpty();
  }

  /** Whether it is the operator's own, with repositories, passwords and caches of its own. */
  public boolean own() {
    return usable() && !program().equals(BUNDLED);
  }

  /** Whether it knows {@code helm rollback}; the bundled one does not. */
  public boolean rollsBack() {
    return own();
  }

  /** The operator's name for the repository that charts come from, if there is one. */
  public Optional<HelmRepository> alias() {
    return charts.repositories().stream()
        .flatMap(List::stream)
        .filter(each -> each.isAt(repository()))
        .findFirst();
  }

  /** The file whose values are given to Helm in place of those that it has. */
  public Optional<ValuesFile> given() {
    return values.filter(ValuesFile::edited);
  }

  /** Where the values of a revision are kept. */
  public String kept(int revision) {
    return "%s/values-%d.yaml".formatted(folder, revision);
  }

  /** The first number of the version; 0 when it has none. */
  public int major() {
    String digits = version().replaceFirst("^v", "").replaceFirst("[^0-9].*", "");
    return digits.isEmpty() || digits.length() > 4 ? 0 : Integer.parseInt(digits);
  }
}
