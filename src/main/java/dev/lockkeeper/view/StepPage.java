package dev.lockkeeper.view;

import dev.lockkeeper.action.Plan;
import dev.lockkeeper.action.Proposal;
import dev.lockkeeper.action.Risk;
import dev.lockkeeper.diagnosis.Reading;
import dev.lockkeeper.journal.Progress.StepStatus;
import dev.lockkeeper.runbook.Step;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.wizard.Assessment;
import dev.lockkeeper.wizard.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One step: why, what holds before it, what is seen, what would be done, what is awaited. */
final class StepPage {
  private static final int ANY_HEIGHT = 1000;

  private final State state;
  private final Step step;
  private final int width;
  private final Optional<Proposal> proposal;

  private StepPage(State state, int width) {
    this.state = state;
    this.step = state.step();
    this.width = width;
    boolean acted = state.progress().status(step.id()) == StepStatus.ACTED;
    boolean over = acted || state.progress().finished(step.id());
    this.proposal =
        step.action()
            .filter(action -> !over)
            .map(action -> action.propose(state.snapshot(), state.knowledge()));
  }

  /** The title line of the step, with its risk at the right end. */
  static Line title(State state, int width) {
    return new StepPage(state, width).title();
  }

  /** All lines below the title, however many they are. */
  static List<Line> lines(State state, int width) {
    return new StepPage(state, width).lines();
  }

  private Line title() {
    Line name = Line.of(step.id() + " " + step.title(), Style.STRONG).and(status());
    Line risk =
        proposal.flatMap(Proposal::plan).map(plan -> Acts.risk(plan.risk())).orElse(Line.EMPTY);
    int room = width - risk.columns();
    return name.cut(Math.max(0, room - 1)).padRight(room).and(risk);
  }

  private Line status() {
    return switch (state.progress().status(step.id())) {
      case OPEN -> Line.EMPTY;
      case ACTED -> Line.of("  ! asked, not observed yet", Style.WARN);
      case UNKNOWN -> Line.of("  ! nobody knows whether it was done", Style.WARN);
      case DONE -> Line.of("  ✔ done", Style.GOOD);
      case SKIPPED -> Line.of("  – left out", Style.DIM);
    };
  }

  private List<Line> lines() {
    List<Line> lines = new ArrayList<>(Line.wrapped(step.why(), Style.TEXT, width));
    lines.add(Line.EMPTY);
    state.pending().ifPresent(pending -> lines.add(Acts.underWay(pending, state.now())));
    if (state.progress().status(step.id()) == StepStatus.UNKNOWN && state.pending().isEmpty()) {
      String advice =
          "It was sent and no answer came. Look at the panels: what they show is true. It is"
              + " never sent again by itself.";
      lines.addAll(Hanging.of(Line.of("! ", Style.WARN), advice, Style.WARN, width));
    }
    Assessment assessment = Assessment.of(state, step);
    Fields fields = new Fields(width);
    fields.add("Before", Guards.before(assessment, fields.room()));
    fields.add("Seen", seen(fields.room()));
    fields.add("Asked", Answers.asked(state, step, fields.room()));
    fields.add("Choice", Answers.choice(state, step, fields.room()));
    proposal.ifPresent(proposed -> act(proposed, fields));
    fields.add("After", Guards.after(assessment, fields.room()));
    lines.addAll(fields.lines());
    return lines;
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
    for (Reading reading : step.readings()) {
      if (reading == Reading.MIGRATION) {
        lines.addAll(MigrationPanel.lines(state.snapshot(), state.knowledge(), room, ANY_HEIGHT));
      } else {
        lines.addAll(read(reading, room));
      }
    }
    return lines;
  }

  /** What is no longer live is said to be so, and looks so. */
  private List<Line> read(Reading reading, int room) {
    List<Line> lines = new ArrayList<>();
    Snapshot snapshot = state.snapshot();
    for (Observed<?> source : sources(reading, snapshot)) {
      if (!Freshness.live(source, snapshot.now())) {
        String which = source == snapshot.cluster() ? "cluster " : "database ";
        String why = which + Freshness.why(source, snapshot.now()).text();
        lines.addAll(Line.wrapped(why, Style.UNKNOWN, room));
      }
    }
    Style style = lines.isEmpty() ? Style.TEXT : Style.UNKNOWN;
    for (String raw : reading.lines(snapshot, state.knowledge())) {
      lines.addAll(Hanging.indented(raw, style, room));
    }
    return lines;
  }

  private static List<Observed<?>> sources(Reading reading, Snapshot snapshot) {
    return switch (reading) {
      case SCALERS, ROLLOUT, OWN_COMMANDS -> List.of(snapshot.cluster());
      case PENDING_MIGRATIONS, USAGE, MIGRATION -> List.of(snapshot.database());
      case VERSIONS, KNOWN_ISSUES, CONTENTION, DRAIN ->
          List.of(snapshot.cluster(), snapshot.database());
    };
  }
}
