package dev.lockkeeper.view;

import dev.lockkeeper.analysis.Durations;
import dev.lockkeeper.diagnosis.Certainty;
import dev.lockkeeper.diagnosis.Diagnosis;
import dev.lockkeeper.diagnosis.Finding;
import dev.lockkeeper.diagnosis.Observation;
import dev.lockkeeper.reading.SoFar;
import dev.lockkeeper.runbook.PanelId;
import dev.lockkeeper.runbook.Step;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.wizard.Hints;
import dev.lockkeeper.wizard.ScreenState;
import dev.lockkeeper.wizard.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the facts mean, most urgent first.
 *
 * <pre>
 *   ✖ pid 4711 (coder-7d9-p8w, v2.26.6) blocks the migration: idle in transaction for 3m12s
 *     Seen     ending 4711 frees the migrator and 3 others
 *     Do       Scale the deployment down: ...
 *     Do not   Do not end the migrator: ...
 *     See      3.2 Scale down
 * </pre>
 */
final class FindingsPanel {
  private static final int INDENT = 2;

  private FindingsPanel() {}

  /** The panel's name and count: {@code Findings 2}. */
  static Line title(ScreenState state) {
    int count = found(state).size();
    return Line.of("Findings", Style.TITLE).and(count == 0 ? "" : " " + count, Style.STRONG);
  }

  /** That of the older of the two sources. */
  static Line age(Snapshot snapshot) {
    Line cluster = Freshness.age(snapshot.cluster(), snapshot.now());
    return Freshness.live(snapshot.cluster(), snapshot.now())
        ? Freshness.age(snapshot.database(), snapshot.now())
        : cluster;
  }

  static List<Line> lines(ScreenState state, int width, int height) {
    List<Line> lines = new ArrayList<>(blindness(state.snapshot(), width));
    for (Finding finding : found(state)) {
      if (!lines.isEmpty()) {
        lines.add(Line.EMPTY);
      }
      lines.addAll(whole(finding, state, width));
    }
    if (lines.isEmpty()) {
      lines.addAll(
          SoFar.sentence(state.snapshot(), state.knowledge())
              .map(sentence -> "No failure is seen so far: " + sentence + ".")
              .map(text -> Line.wrapped(text, Style.WARN, width))
              .orElse(List.of(Line.of("Nothing unusual is seen now.", Style.GOOD))));
    }
    return Rows.within(lines, height);
  }

  /** One line for the message line: what is most urgent, unless it is only good to know. */
  static Optional<Line> brief(ScreenState state, int width) {
    return found(state).stream()
        .filter(finding -> finding.urgency() != Finding.Urgency.KNOW)
        .findFirst()
        .map(finding -> brief(finding, state, width));
  }

  /** Whether something wants to be acted on or be careful with. */
  static boolean alarms(ScreenState state) {
    return found(state).stream()
        .map(Finding::urgency)
        .anyMatch(urgency -> urgency == Finding.Urgency.ACT || urgency == Finding.Urgency.BEWARE);
  }

  private static Line brief(Finding finding, ScreenState state, int width) {
    String see =
        step(finding, state)
            .filter(step -> !here(step, state))
            .map(step -> "  See " + step.id())
            .orElse("");
    Line mark = mark(finding.urgency());
    Line end = Line.of(see, Style.TEXT).and("  " + Hints.label(PanelId.FINDINGS), Style.KEY);
    end = end.and(" more", Style.DIM);
    Line text = Line.of(finding.headline(), tone(finding.urgency()));
    return mark.and(text.cut(width - mark.columns() - end.columns())).and(end);
  }

  private static List<Finding> found(ScreenState state) {
    return Diagnosis.of(state.snapshot(), state.knowledge());
  }

  /** Without live facts nothing is found, and that is not the same as that there is nothing. */
  static List<Line> blindness(Snapshot snapshot, int width) {
    List<Line> lines = new ArrayList<>();
    if (!Freshness.live(snapshot.cluster(), snapshot.now())) {
      String why = "cluster " + Freshness.why(snapshot.cluster(), snapshot.now()).text();
      lines.addAll(Line.wrapped(why, Style.UNKNOWN, width));
    }
    if (!Freshness.live(snapshot.database(), snapshot.now())) {
      String why = "database " + Freshness.why(snapshot.database(), snapshot.now()).text();
      lines.addAll(Line.wrapped(why, Style.UNKNOWN, width));
    }
    return lines;
  }

  /** All of one, on as many lines as it needs. */
  static List<Line> whole(Finding finding, ScreenState state, int width) {
    Line mark = mark(finding.urgency());
    List<Line> lines =
        new ArrayList<>(Hanging.of(mark, finding.headline(), tone(finding.urgency()), width));
    Fields fields = new Fields(width - INDENT);
    int room = fields.room();
    fields.add("Seen", evidence(finding, state.snapshot().now(), room));
    fields.add("Sure", Line.wrapped(certainty(finding), Style.TEXT, room));
    fields.add("Do", Line.wrapped(finding.advice().text(), Style.TEXT, room));
    fields.add("Do not", Line.wrapped(finding.notThis(), Style.TEXT, room));
    fields.add("See", Line.wrapped(answer(finding, state), Style.TEXT, room));
    Line indent = Line.of(" ".repeat(INDENT));
    fields.lines().forEach(line -> lines.add(indent.and(line)));
    return lines;
  }

  /** How sure it is; empty, and so not shown, where what was seen is the proof. */
  private static String certainty(Finding finding) {
    if (finding.certainty() == Certainty.PROVEN) {
      return "";
    }
    return finding.certainty().word()
        + (finding.alike().isEmpty()
            ? ""
            : "; it could also be: " + String.join("; ", finding.alike()));
  }

  private static List<Line> evidence(Finding finding, Instant now, int room) {
    List<Line> lines = new ArrayList<>();
    for (Observation each : finding.evidence()) {
      String text = each.text() + age(each, now);
      lines.addAll(Hanging.of(Line.of("· ", Style.DIM), text, Style.TEXT, room));
    }
    return lines;
  }

  /** What was seen in this look says nothing of its time; what was kept from before does. */
  private static String age(Observation seen, Instant now) {
    return seen.at()
        .map(at -> Duration.between(at, now))
        .filter(age -> age.compareTo(Snapshot.FRESH) > 0)
        .map(age -> ", seen %s ago".formatted(Durations.of(age)))
        .orElse("");
  }

  private static String answer(Finding finding, ScreenState state) {
    if (finding.advice().answeredBy().equals(Finding.SUPPORT)) {
      return "Coder support";
    }
    return step(finding, state)
        .map(step -> step.id() + " " + step.title() + (here(step, state) ? ", this step" : ""))
        .orElse(finding.advice().answeredBy());
  }

  /** The step of the runbook that is walked, if it is there that the answer is. */
  private static Optional<Step> step(Finding finding, ScreenState state) {
    return state
        .walked()
        .map(State::runbook)
        .flatMap(
            runbook ->
                Optional.of(finding.advice().answeredBy())
                    .filter(answer -> answer.startsWith(runbook.name() + " "))
                    .flatMap(
                        answer -> runbook.step(answer.substring(runbook.name().length() + 1))));
  }

  private static boolean here(Step step, ScreenState state) {
    return state.walked().map(State::cursor).filter(step.id()::equals).isPresent();
  }

  private static Line mark(Finding.Urgency urgency) {
    return switch (urgency) {
      case ACT -> Line.of("✖ ", Style.BAD);
      case WAIT -> Line.of("◐ ", Style.WARN);
      case BEWARE -> Line.of("▲ ", Style.WARN);
      case KNOW -> Line.of("· ", Style.DIM);
    };
  }

  private static Style tone(Finding.Urgency urgency) {
    return switch (urgency) {
      case ACT -> Style.BAD;
      case WAIT -> Style.WARN;
      case BEWARE -> Style.WARN;
      case KNOW -> Style.STRONG;
    };
  }
}
