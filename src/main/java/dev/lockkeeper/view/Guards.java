package dev.lockkeeper.view;

import dev.lockkeeper.check.Verdict;
import dev.lockkeeper.wizard.Assessment;
import java.util.ArrayList;
import java.util.List;

/**
 * The checks of a step with their answers.
 *
 * <pre>
 *   ✔ pass     no migration is in progress · IDLE at 362
 *   ✖ fail     a backup is not older than 1 h  SHOULD: w goes on with a reason
 *              snap-0a1b2c, 2h05m ago (attested)
 * </pre>
 */
final class Guards {
  /** Evidence that is longer than this many lines is told whole in the question about it. */
  private static final int EVIDENCE = 3;

  /** Evidence that would have to be cut shorter than this is not shown at all. */
  private static final int LEAST_EVIDENCE = 12;

  private static final Line PASS = Line.of("✔ pass    ", Style.GOOD);

  private Guards() {}

  /** How much is told about what holds; what does not hold is always told whole. */
  enum Detail {
    /** Every check with its evidence. */
    WHOLE,
    /** Every check on its line, with what fits beside it. */
    CLOSE,
    /** All that pass in one go. */
    BRIEF
  }

  /** What must or should hold before the step. */
  static List<Line> before(Assessment assessment, Detail detail, int width) {
    return switch (detail) {
      case WHOLE, CLOSE ->
          assessment.before().stream()
              .flatMap(guarded -> guarded(guarded, detail, width).stream())
              .toList();
      case BRIEF -> briefly(assessment, width);
    };
  }

  /** First what does not hold, then all that does. */
  private static List<Line> briefly(Assessment assessment, int width) {
    List<Line> lines = new ArrayList<>();
    List<String> passed = new ArrayList<>();
    for (Assessment.Guarded guarded : assessment.before()) {
      if (guarded.verdict().passed()) {
        passed.add(guarded.guard().check().question());
      } else {
        lines.addAll(guarded(guarded, Detail.BRIEF, width));
      }
    }
    if (!passed.isEmpty()) {
      lines.addAll(Hanging.of(PASS, String.join(" · ", passed), Style.DIM, width));
    }
    return lines;
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

  private static List<Line> guarded(Assessment.Guarded guarded, Detail detail, int width) {
    Verdict verdict = guarded.verdict();
    String question = guarded.guard().check().question();
    if (verdict.passed()) {
      return detail == Detail.WHOLE
          ? told(PASS, question, "", verdict.evidence(), Style.DIM, width)
          : passed(PASS, question, verdict.evidence(), width);
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
    List<Line> lines = new ArrayList<>();
    if (stressed.columns() <= width) {
      lines.add(stressed);
    } else {
      lines.addAll(Hanging.of(mark, question + "  " + strength, Style.TEXT, width));
    }
    int indent = mark.columns();
    Rows.within(Line.wrapped(evidence, style, width - indent), EVIDENCE)
        .forEach(line -> lines.add(Line.of(" ".repeat(indent)).and(line)));
    return lines;
  }

  /** What holds needs no more than its question, and of its evidence what fits beside it. */
  private static List<Line> passed(Line mark, String question, String evidence, int width) {
    Line whole = mark.and(question, Style.TEXT).and("  " + evidence, Style.DIM);
    boolean beside = mark.columns() + Shown.of(question).columns() + LEAST_EVIDENCE <= width;
    return whole.columns() <= width || beside
        ? List.of(whole.cut(width))
        : Hanging.of(mark, question, Style.TEXT, width);
  }
}
