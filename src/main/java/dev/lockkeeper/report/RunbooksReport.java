package dev.lockkeeper.report;

import dev.lockkeeper.runbook.Runbook;
import dev.lockkeeper.view.Line;
import dev.lockkeeper.view.Shown;
import dev.lockkeeper.view.Style;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which runbooks there are.
 *
 * <pre>
 *   RUNBOOK        STEPS  TARGET     TITLE
 *   coder-upgrade  23     --to       Upgrade Coder on Kubernetes
 *   coder-probes   15     installed  Keep probes from killing a migration
 * </pre>
 *
 * @param runbooks they, in the order in which they are shown
 */
public record RunbooksReport(List<Runbook> runbooks) implements Report {
  public RunbooksReport {
    runbooks = List.copyOf(runbooks);
  }

  @Override
  public List<Line> lines(int width) {
    Table table = new Table();
    table.row(heading("RUNBOOK"), heading("STEPS"), heading("TARGET"), heading("TITLE"));
    for (Runbook each : runbooks) {
      table.row(
          Line.of(each.name(), Style.STRONG),
          Line.of(Long.toString(each.steps().count())),
          Line.of(each.needsTarget() ? "--to" : "installed", Style.DIM),
          Line.of(Shown.of(each.title()).text()));
    }
    return table.lines(width);
  }

  private static Line heading(String text) {
    return Line.of(text, Style.TITLE);
  }

  @Override
  public Map<String, Object> json() {
    return Map.of("runbooks", runbooks.stream().<Object>map(RunbooksReport::described).toList());
  }

  private static Map<String, Object> described(Runbook runbook) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", runbook.name());
    json.put("title", runbook.title());
    json.put("steps", runbook.steps().count());
    json.put("needsTarget", runbook.needsTarget());
    return json;
  }
}
