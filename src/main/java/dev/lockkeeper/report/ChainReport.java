package dev.lockkeeper.report;

import dev.lockkeeper.journal.Chain;
import dev.lockkeeper.view.Line;
import dev.lockkeeper.view.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a journal is as it was written.
 *
 * @param chain the journal
 * @param path where it is
 * @param kept the head that was kept elsewhere, if there is one
 */
public record ChainReport(Chain chain, String path, JournalAnchorRef kept) implements Report {
  /** How far the journal can be trusted. */
  public enum Answer {
    /** It is as it was written, to its end. */
    INTACT,
    /** It is not. */
    BROKEN,
    /** What is there fits, but there is nothing to tell by whether that is all. */
    NOT_ANCHORED,
    /** It was written before there was a chain, all of it or its beginning. */
    UNCHAINED
  }

  /** The answer. */
  public Answer answer() {
    if (chain.fault().isPresent() || kept.hash().isPresent() && anchored().isEmpty()) {
      return Answer.BROKEN;
    }
    if (chain.unchained() > 0) {
      return Answer.UNCHAINED;
    }
    return anchored().filter(line -> line == chain.head().lines()).isPresent()
        ? Answer.INTACT
        : Answer.NOT_ANCHORED;
  }

  /** The line at which the head was taken that was kept. */
  private Optional<Integer> anchored() {
    return kept.hash().flatMap(chain::find);
  }

  @Override
  public List<Line> lines(int width) {
    List<Line> lines = new ArrayList<>();
    lines.add(verdict());
    lines.addAll(Line.wrapped(explanation(), Style.TEXT, Math.min(width, 110)));
    if (chain.torn() && chain.fault().isEmpty()) {
      lines.addAll(
          Line.wrapped(
              "Below it, a line was begun and never finished, as a crash leaves it; that is no"
                  + " fault.",
              Style.DIM,
              Math.min(width, 110)));
    }
    lines.add(Line.EMPTY);
    Table page = new Table();
    page.field("run", chain.run());
    page.field("journal", path);
    page.field("lines", Integer.toString(chain.head().lines()));
    page.field("head", chain.head().hash());
    lines.addAll(page.lines(Integer.MAX_VALUE));
    return lines;
  }

  private Line verdict() {
    return switch (answer()) {
      case INTACT -> Line.of("✔ INTACT", Style.GOOD);
      case BROKEN -> Line.of("✖ BROKEN", Style.BAD);
      case NOT_ANCHORED -> Line.of("? INTACT, END NOT ANCHORED", Style.UNKNOWN);
      case UNCHAINED -> Line.of("? UNCHAINED", Style.UNKNOWN);
    };
  }

  private String explanation() {
    int lines = chain.head().lines();
    return switch (answer()) {
      case INTACT ->
          "Each of its %d lines is as it was written, to %s.".formatted(lines, kept.where());
      case BROKEN ->
          chain
              .fault()
              .map(fault -> "line %d: %s.".formatted(fault.line(), fault.what()))
              .orElse(
                  "The lines fit together, but %s is none of theirs: the end was cut off or changed, or it is the head of another run."
                      .formatted(kept.where()));
      case NOT_ANCHORED ->
          anchored()
              .map(
                  line ->
                      "It is as it was written up to line %d, where %s was taken; whether lines are missing after line %d, this file alone cannot say."
                          .formatted(line, kept.where(), lines))
              .orElse(
                  "Each line fits the one before. Whether lines are missing after line %d, or that one was changed, this file alone cannot say, and %s. Compare with a head that was noted elsewhere, by --head."
                      .formatted(lines, kept.where()));
      case UNCHAINED ->
          "Its first %d lines were written by a program that did not chain them: changes there cannot be seen."
              .formatted(chain.unchained());
    };
  }

  @Override
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("answer", ReportText.of(answer()));
    json.put("run", chain.run());
    json.put("journal", path);
    json.put("lines", chain.head().lines());
    json.put("head", chain.head().hash());
    json.put("unchainedLines", chain.unchained());
    json.put("tornLastLine", chain.torn());
    json.put("keptHead", kept.hash().orElse(null));
    json.put("kept", kept.where());
    json.put("brokenAtLine", chain.fault().map(Chain.Fault::line).orElse(null));
    json.put("explanation", explanation());
    return json;
  }
}
