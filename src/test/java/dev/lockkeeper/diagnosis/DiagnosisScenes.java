package dev.lockkeeper.diagnosis;

import dev.lockkeeper.snapshot.Snapshot;
import java.util.LinkedHashMap;
import java.util.Map;

/** The scenes in which something is found, or is not, for tests of other rooms. */
public final class DiagnosisScenes {
  private DiagnosisScenes() {}

  /** What is seen in each, by what it is. */
  public static Map<String, Snapshot> all() {
    Map<String, Snapshot> all = new LinkedHashMap<>();
    DiagnosisTest.found().forEach(each -> all.put(each.when(), each.seen().seen()));
    DiagnosisTest.absent().forEach(each -> all.put(each.when(), each.seen().seen()));
    return all;
  }
}
