package dev.lockkeeper.view;

import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.journal.RunSummary;
import dev.lockkeeper.reading.StepInfo;
import dev.lockkeeper.runbook.PanelId;
import dev.lockkeeper.runbook.Section;
import dev.lockkeeper.runbook.Step;
import dev.lockkeeper.wizard.Hints;
import dev.lockkeeper.wizard.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What somebody wants to know before the first step: the goal, where, from which version to which,
 * how it usually goes, and what to press.
 *
 * @param walk the run, in which nothing was done yet
 * @param width columns
 */
record RunIntroduction(State walk, int width) {
  private static final String SAFE =
      "Nothing is changed before you confirm it: each act shows its command and its effect first."
          + " q leaves at any time";

  private static final String STAYS = ", and `lockkeeper resume` comes back to the same place.";

  private static final String ENDS = ", which ends this practice world and the run with it.";

  /** With a blank line between its parts, where this many lines give room for it. */
  List<Line> lines(int height) {
    List<Line> lines = new ArrayList<>(Line.wrapped(walk.runbook().title(), Style.STRONG, width));
    lines.add(Line.EMPTY);
    Fields fields = new Fields(width);
    int room = fields.room();
    scenario().ifPresent(played -> fields.add("Scenario", Line.wrapped(played, Style.TEXT, room)));
    fields.add("Where", Line.wrapped(IdentityBar.target(walk, true), Style.TEXT, room));
    fields.add("Version", Line.wrapped(versions(), Style.TEXT, room));
    fields.add("Way", way(room));
    fields.add("Keys", keys());
    fields.add("Safe", Line.wrapped(safe(), Style.TEXT, room));
    fields.add("Asked", Line.wrapped(asked(), Style.TEXT, room));
    lines.addAll(fields.lines(height - lines.size()));
    return lines;
  }

  private String safe() {
    return SAFE + (walk.setting().stays() ? STAYS : ENDS);
  }

  private Optional<String> scenario() {
    return new RunSummary(walk.progress(), Optional.of(walk.runbook())).scenario();
  }

  private String versions() {
    UpgradePath path = UpgradePath.of(walk.snapshot(), walk.knowledge());
    String from = path.source().map(Object::toString).orElse("not read yet");
    String to = path.target().map(Object::toString).orElse("not named");
    String versions = from.equals(to) ? from : "from " + from + " to " + to;
    if (path.wanted().isEmpty()) {
      return versions;
    }
    int pending = path.pending(walk.knowledge()).size();
    String count = pending == 1 ? "1 migration" : pending + " migrations";
    return "%s · schema %s → %s%s"
        .formatted(
            versions,
            path.schema().map(Object::toString).orElse("not read yet"),
            path.wanted().get(),
            path.schema().isEmpty() ? "" : ", " + count);
  }

  /** The sections, and how long what takes long usually takes; a decision may leave steps out. */
  private List<Line> way(int room) {
    List<Line> lines = new ArrayList<>();
    for (Section section : walk.runbook().sections()) {
      List<Step> steps = section.steps();
      boolean some = !steps.stream().allMatch(walk::applies);
      boolean migrates =
          steps.stream()
              .filter(step -> step.choice().isEmpty())
              .anyMatch(step -> step.readings().contains(StepInfo.MIGRATION));
      String count = (some ? "up to " : "") + counted(steps.size(), "step");
      lines.add(
          Line.of(section.number() + " " + section.title(), Style.TEXT)
              .and("  " + count + (migrates ? ", a migration takes 4 to 7 min" : ""), Style.DIM)
              .cut(room));
    }
    return lines;
  }

  /** Of all steps: which of them apply follows from what is decided on the way. */
  private String asked() {
    List<Step> steps = walk.runbook().steps().toList();
    long answers = steps.stream().mapToLong(step -> step.questions().size()).sum();
    long decisions = steps.stream().filter(step -> step.choice().isPresent()).count();
    long acts = steps.stream().filter(step -> step.action().isPresent()).count();
    return "up to %s, %s, and a confirmation for each of up to %s; what can be seen is not asked"
        .formatted(
            counted(answers, "answer"), counted(decisions, "decision"), counted(acts, "act"));
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static List<Line> keys() {
    return List.of(
        Line.of("enter", Style.KEY)
            .and(" begins   ", Style.TEXT)
            .and("n b", Style.KEY)
            .and(" look at the steps   ", Style.TEXT)
            .and("?", Style.KEY)
            .and(" all keys and marks   ", Style.TEXT)
            .and(Hints.label(PanelId.RUN), Style.KEY)
            .and(" shows this again", Style.TEXT));
  }
}
