package dev.lockkeeper.view;

import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.runbook.PanelId;
import dev.lockkeeper.wizard.Assessment;
import dev.lockkeeper.wizard.Hints;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The checks of a step with their answers.
 *
 * <pre>
 *   ✖ fail     a backup is not older than 1 h  SHOULD (w waives)
 *              snap-0a1b2c, 2h05m ago (attested)
 *   ✔ 12 pass  v shows them
 * </pre>
 */
final class Guards {
  /** Evidence that is longer than this many lines is told whole in the question about it. */
  private static final int EVIDENCE = 3;

  private static final Line PASS = Line.of("✔ pass    ", Style.GOOD);

  private Guards() {}

  /** First what does not hold, then what was waived, then how many pass, folded to a line. */
  static List<Line> before(Assessment assessment, int width) {
    List<Assessment.Guarded> all = sorted(assessment);
    long passed = all.stream().filter(guarded -> guarded.verdict().passed()).count();
    List<Line> lines = new ArrayList<>();
    all.stream()
        .filter(guarded -> passed == 1 || !guarded.verdict().passed())
        .forEach(guarded -> lines.addAll(lines(guarded, width)));
    if (passed > 1) {
      Line count = Line.of("✔ %d pass".formatted(passed), Style.GOOD);
      String key = Hints.label(PanelId.CHECKS);
      lines.add(count.and("  " + key, Style.KEY).and(" shows them", Style.DIM));
    }
    return lines;
  }

  /** All of them with their evidence, in the same order. */
  static List<Line> all(Assessment assessment, int width) {
    return sorted(assessment).stream().flatMap(one -> lines(one, width).stream()).toList();
  }

  private static List<Assessment.Guarded> sorted(Assessment assessment) {
    return assessment.before().stream()
        .sorted(
            Comparator.comparing(Assessment.Guarded::holds)
                .thenComparing(guarded -> guarded.verdict().passed()))
        .toList();
  }

  /** What must be observed for the step to be over: not yet is no failure. */
  static List<Line> after(Assessment assessment, int width) {
    List<Line> lines = new ArrayList<>();
    for (Assessment.Answered answered : assessment.after()) {
      Verdict verdict = answered.verdict();
      Line mark =
          switch (verdict.answer()) {
            case PASS -> Line.of("✔ seen    ", Style.GOOD);
            case FAIL -> Line.of("· not yet ", Style.DIM);
            case UNKNOWN -> Line.of("? unknown ", Style.UNKNOWN);
          };
      Style style = verdict.passed() ? Style.DIM : Style.TEXT;
      lines.addAll(told(mark, answered.check().question(), "", verdict.evidence(), style, width));
    }
    return lines;
  }

  private static List<Line> lines(Assessment.Guarded guarded, int width) {
    Verdict verdict = guarded.verdict();
    String question = guarded.guard().check().question();
    if (verdict.passed()) {
      return told(PASS, question, "", verdict.evidence(), Style.DIM, width);
    }
    if (guarded.holds()) {
      String reason = guarded.waiver().orElseThrow();
      String text = "waived: " + reason + " · " + verdict.evidence();
      return told(Line.of("~ waived  ", Style.WARN), question, "", text, Style.DIM, width);
    }
    Line mark =
        verdict.answer() == Verdict.Answer.FAIL
            ? Line.of("✖ fail    ", Style.BAD)
            : Line.of("? unknown ", Style.UNKNOWN);
    String strength = strength(guarded);
    return told(mark, question, strength, verdict.evidence(), Style.TEXT, width);
  }

  private static String strength(Assessment.Guarded guarded) {
    return switch (guarded.guard().strength()) {
      case MUST -> "MUST";
      case MUST_IF_KNOWN -> guarded.canBeWaived() ? "MUST (w waives)" : "MUST";
      case SHOULD -> "SHOULD (w waives)";
      case FIGURE ->
          guarded.guard().figure(guarded.verdict()).isPresent()
              ? "SHOULD (w: type the number)"
              : "SHOULD (w waives)";
    };
  }

  private static List<Line> told(
      Line mark, String question, String strength, String evidence, Style style, int width) {
    Line asked = mark.and(question, Style.TEXT);
    Line stressed = strength.isEmpty() ? asked : asked.and("  " + strength, Style.WARN);
    Line whole = stressed.and("  " + evidence, style);
    if (whole.columns() <= width) {
      return List.of(whole);
    }
    boolean fits = stressed.columns() <= width;
    List<Line> lines =
        new ArrayList<>(fits ? List.of(stressed) : Hanging.of(mark, question, Style.TEXT, width));
    Line indent = Line.of(" ".repeat(mark.columns()));
    if (!fits && !strength.isEmpty()) {
      lines.add(indent.and(strength, Style.WARN));
    }
    Rows.within(Line.wrapped(evidence, style, width - mark.columns()), EVIDENCE)
        .forEach(line -> lines.add(indent.and(line)));
    return lines;
  }
}
