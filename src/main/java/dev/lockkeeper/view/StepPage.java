package dev.lockkeeper.view;

import dev.lockkeeper.action.Plan;
import dev.lockkeeper.action.Proposal;
import dev.lockkeeper.action.Risk;
import dev.lockkeeper.journal.Entry;
import dev.lockkeeper.journal.Progress.StepStatus;
import dev.lockkeeper.reading.MigrationReading;
import dev.lockkeeper.reading.StepInfo;
import dev.lockkeeper.runbook.Step;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.wizard.Assessment;
import dev.lockkeeper.wizard.DueAct;
import dev.lockkeeper.wizard.Lapsed;
import dev.lockkeeper.wizard.Pending;
import dev.lockkeeper.wizard.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One step: what it is for, what would be done and its effect, what stands in the way. */
final class StepPage {
  private static final int ANY_HEIGHT = 1000;

  /** What begins so is a command that a person could type. */
  private static final String TYPED = "$ ";

  private final State state;
  private final Step step;
  private final Area area;
  private final int width;
  private final boolean beside;
  private final Assessment assessment;
  private final Optional<Proposal> proposal;

  private StepPage(State state, Area area, boolean beside) {
    this.state = state;
    this.step = state.step();
    this.area = area;
    this.beside = beside;
    this.assessment = Assessment.of(state, step);
    this.width = area.width();
    this.proposal = DueAct.of(state, step);
  }

  /** The step's id and title, and how it stands. */
  static Line title(State state) {
    Step step = state.step();
    return Line.of(step.id() + " " + step.title(), Style.STRONG).and(status(state));
  }

  /** The word for how much its act can hurt; nothing when there is none to do now. */
  static Line risk(State state) {
    return DueAct.of(state, state.step())
        .flatMap(Proposal::plan)
        .map(plan -> Acts.risk(plan.risk()))
        .orElse(Line.EMPTY);
  }

  /** All lines below the title, however many they are; in a small area they are closer. */
  static List<Line> lines(State state, Area area) {
    return new StepPage(state, area, false).lines();
  }

  /** The same beside the panels: what they show is not told twice. */
  static List<Line> besidePanels(State state, Area area) {
    return new StepPage(state, area, true).lines();
  }

  private static Line status(State state) {
    Optional<Pending> pending = state.pending().filter(act -> act.step().equals(state.cursor()));
    if (pending.isPresent()) {
      return pending.get().outcome().isEmpty()
          ? Line.of("  ◐ sent, no answer yet", Style.WARN)
          : Line.of("  ◐ answered, being written down", Style.WARN);
    }
    return switch (state.progress().status(state.cursor())) {
      case OPEN -> Line.EMPTY;
      case ACTED -> Line.of("  ! sent, not observed yet", Style.WARN);
      case UNKNOWN -> Line.of("  ! nobody knows whether it was done", Style.WARN);
      case DONE ->
          Lapsed.is(state, state.step())
              ? Line.of("  ! done, but no longer in effect: r repeats it", Style.WARN)
              : Line.of("  ✔ done", Style.GOOD);
      case SKIPPED -> Line.of("  – left out", Style.DIM);
    };
  }

  /** The act first; what stands in its way, where it would be out of sight below it. */
  private List<Line> lines() {
    List<Line> lines = lines(false);
    boolean hindered = assessment.before().stream().anyMatch(guarded -> !guarded.holds());
    return hindered && lines.size() > area.height() ? lines(true) : lines;
  }

  private List<Line> lines(boolean obstaclesFirst) {
    List<Line> lines = new ArrayList<>(Line.wrapped(step.why(), Style.TEXT, width));
    lines.add(Line.EMPTY);
    state
        .pending()
        .ifPresent(
            pending -> {
              lines.add(Acts.underWay(pending, state.now()));
              lines.addAll(Acts.progress(pending, width));
              lines.addAll(Acts.kept(pending, width));
            });
    if (state.progress().status(step.id()) == StepStatus.UNKNOWN && state.pending().isEmpty()) {
      String advice =
          "It was sent and no answer came. Look at the panels: what they show is true. It is"
              + " never sent again by itself.";
      lines.addAll(Hanging.of(Line.of("! ", Style.WARN), advice, Style.WARN, width));
    }
    Fields fields = new Fields(width);
    int room = fields.room();
    List<Line> before =
        proposal.isPresent() || !acted() ? Guards.before(assessment, room) : List.of();
    boolean acts = step.action().isPresent();
    if (obstaclesFirst || !acts) {
      fields.add("Before", before);
    }
    // Who decides looks first; what an act would do comes before what the panels show as well.
    if (!acts) {
      fields.add("Seen", seen(room));
    }
    fields.add("Asked", GivenAnswers.asked(state, step, room));
    fields.add("Choice", GivenAnswers.choice(state, step, room));
    fields.add("Command", sent(room));
    fields.add("Did", did(room));
    proposal.ifPresent(proposed -> act(proposed, fields));
    if (acts && !obstaclesFirst) {
      fields.add("Before", before);
    }
    fields.add("After", Guards.after(assessment, room));
    if (acts) {
      fields.add("Seen", seen(room));
    }
    lines.addAll(fields.lines(area.height() - lines.size()));
    return lines;
  }

  /** What had to hold before an act is beside the point once it was asked for or done. */
  private boolean acted() {
    StepStatus status = state.progress().status(step.id());
    boolean asked = state.pending().filter(act -> act.step().equals(step.id())).isPresent();
    return step.action().isPresent()
        && (asked || status == StepStatus.ACTED || status == StepStatus.DONE);
  }

  /** The command that was sent for this step, as long as nothing else was done since. */
  private List<Line> sent(int room) {
    return state.progress().open().or(() -> state.progress().last()).stream()
        .filter(entry -> entry.step().equals(step.id()))
        .map(entry -> entry.value(Entry.COMMAND))
        .filter(command -> !command.isEmpty())
        .flatMap(command -> Acts.command(command, room).stream())
        .toList();
  }

  /** How the last act of this step ended for each of its targets. */
  private List<Line> did(int room) {
    return state.progress().outcome(step.id()).stream()
        .flatMap(outcome -> outcome.parts().stream())
        .flatMap(part -> Hanging.of(Line.of("- ", Style.DIM), part, Style.TEXT, room).stream())
        .toList();
  }

  private void act(Proposal proposed, Fields fields) {
    if (proposed.plan().isEmpty()) {
      fields.add(
          "Will do", Line.wrapped("nothing now: " + proposed.reason(), Style.DIM, fields.room()));
      return;
    }
    Plan plan = proposed.plan().get();
    fields.add("Will do", Acts.command(plan.request().command(), fields.room()));
    fields.add("Effect", Acts.effects(plan, fields.room()));
    String undo = plan.risk() == Risk.IRREVERSIBLE ? "No undo" : "Undo";
    fields.add(undo, Acts.undo(plan, fields.room()));
  }

  private List<Line> seen(int room) {
    List<Line> lines = new ArrayList<>();
    for (StepInfo reading : step.readings()) {
      if (reading.equals(StepInfo.MIGRATION)) {
        lines.addAll(
            beside
                ? MigrationPanel.statement(state.snapshot(), room)
                : MigrationPanel.lines(state.snapshot(), state.knowledge(), room, ANY_HEIGHT));
        MigrationReading.advice(state.snapshot(), state.knowledge())
            .forEach(text -> lines.addAll(Line.wrapped(text, Style.STRONG, room)));
      } else if (reading.equals(StepInfo.EVIDENCE) && !byHand()) {
        String folded = "by hand instead: Y writes the commands to a file";
        lines.addAll(Line.wrapped(folded, Style.DIM, room));
      } else {
        lines.addAll(read(reading, room));
      }
    }
    return lines;
  }

  /** Whether the act cannot be done from here. */
  private boolean byHand() {
    return !acted() && proposal.flatMap(Proposal::plan).isEmpty();
  }

  /** What is no longer live is said to be so, and looks so. */
  private List<Line> read(StepInfo reading, int room) {
    List<Line> lines = new ArrayList<>();
    Snapshot snapshot = state.snapshot();
    for (Observed<?> source : reading.basis().of(snapshot)) {
      if (!Freshness.live(source, snapshot.now())) {
        String which = source == snapshot.cluster() ? "cluster " : "database ";
        String why = which + Freshness.why(source, snapshot.now()).text();
        lines.addAll(Line.wrapped(why, Style.UNKNOWN, room));
      }
    }
    Style style = lines.isEmpty() ? Style.TEXT : Style.UNKNOWN;
    for (String raw : reading.lines(snapshot, state.knowledge())) {
      lines.addAll(
          raw.startsWith(TYPED)
              ? Acts.command(raw.substring(TYPED.length()), room)
              : Hanging.indented(raw, style, room));
    }
    return lines;
  }
}
