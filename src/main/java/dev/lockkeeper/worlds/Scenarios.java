package dev.lockkeeper.worlds;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The bundled scenarios.
 *
 * @param titles the title of each by its name; the default scenario first
 * @param runbooks the name of the runbook that each is meant for
 */
public record Scenarios(Map<String, String> titles, Map<String, String> runbooks) {
  /** Where their list lies among the classes of the practice program. */
  static final String INDEX = "dev/lockkeeper/practice/scenarios/index.txt";

  public Scenarios {
    titles = Collections.unmodifiableMap(new LinkedHashMap<>(titles));
    runbooks = Map.copyOf(runbooks);
  }

  /** Reads the list, in which each line is a name, a runbook and a title. */
  public static Scenarios read(BufferedReader lines) throws IOException {
    Map<String, String> titles = new LinkedHashMap<>();
    Map<String, String> runbooks = new HashMap<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.strip().split(" +", 3);
      runbooks.put(words[0], words[1]);
      titles.put(words[0], words[2]);
    }
    return new Scenarios(titles, runbooks);
  }

  /** Their names, the default first. */
  public Set<String> names() {
    return titles.keySet();
  }

  /**
   * Makes sure that there is one of this name.
   *
   * @throws NoSuchScenario when there is none; it names those that there are
   */
  public void require(String name) throws NoSuchScenario {
    if (!titles.containsKey(name)) {
      throw new NoSuchScenario(name, lines());
    }
  }

  /** All of them, a line each: name and title. */
  public List<String> lines() {
    int width = names().stream().mapToInt(String::length).max().orElse(0);
    List<String> lines = new ArrayList<>();
    titles.forEach((name, title) -> lines.add(String.format("%-" + width + "s  %s", name, title)));
    return lines;
  }

  /** There is no scenario of that name. */
  public static final class NoSuchScenario extends IOException {
    private static final long serialVersionUID = 1;

    private final transient List<String> others;

    NoSuchScenario(String name, List<String> others) {
      super("there is no scenario \"" + name + "\"; there are:");
      this.others = others.stream().map(line -> "  " + line).toList();
    }

    /** Those that there are, a line each. */
    public List<String> others() {
      return others;
    }
  }
}
