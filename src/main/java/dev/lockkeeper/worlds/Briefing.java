package dev.lockkeeper.worlds;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What a world tells whoever enters it.
 *
 * @param scenario the name of the scenario that is played
 * @param runbook the name of the runbook that it is meant for; it may not be bundled
 * @param target the version to upgrade to
 * @param deployment the name of Coder's Deployment
 * @param charts the URL of the chart repository that the operator would take a chart from
 * @param helm the variables by which a Helm finds the world's repositories
 */
public record Briefing(
    String scenario,
    String runbook,
    String target,
    String deployment,
    String charts,
    Map<String, String> helm) {
  private static final String HELM = "HELM_";

  public Briefing {
    helm = Map.copyOf(helm);
  }

  /** As it is written into the world's folder. */
  public String text() {
    Properties all = new Properties();
    all.putAll(helm);
    all.setProperty("scenario", scenario);
    all.setProperty("runbook", runbook);
    all.setProperty("target", target);
    all.setProperty("deployment", deployment);
    all.setProperty("charts", charts);
    StringWriter text = new StringWriter();
    try {
      all.store(text, null);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  /**
   * Reads what {@link #text} made.
   *
   * @throws IOException when something is missing, because another version has written it
   */
  static Briefing read(String text) throws IOException {
    Properties all = new Properties();
    all.load(new StringReader(text));
    Map<String, String> helm = new TreeMap<>();
    all.stringPropertyNames().stream()
        .filter(name -> name.startsWith(HELM))
        .forEach(name -> helm.put(name, all.getProperty(name)));
    return new Briefing(
        told(all, "scenario"),
        told(all, "runbook"),
        told(all, "target"),
        told(all, "deployment"),
        told(all, "charts"),
        helm);
  }

  private static String told(Properties all, String name) throws IOException {
    String told = all.getProperty(name);
    if (told == null) {
      throw new IOException(
          "the world does not tell its " + name + ": leave it, and start another");
    }
    return told;
  }
}
