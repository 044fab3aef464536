package dev.lockkeeper.journal;

import java.util.List;
import java.util.Optional;

/**
 * The lines of a journal, each of which names the one that it was written after. Whoever changes,
 * removes, puts in or swaps lines leaves a line behind that names another than the one above it.
 * What this cannot tell is whether the end was cut off or the last line changed: that takes a
 * {@link Head} that was kept elsewhere.
 *
 * @param run the name of the run whose journal it should be
 * @param lines all of them, in order
 */
public record Chain(String run, List<JournalLine> lines) {
  public Chain {
    lines = List.copyOf(lines);
  }

  /**
   * Where it is not as it was written.
   *
   * @param line the number of the line, from 1
   * @param what what is wrong there
   */
  public record Fault(int line, String what) {}

  /** The first place at which it is broken, if there is one. */
  public Optional<Fault> fault() {
    boolean chained = false;
    for (int i = 0; i < lines.size(); i++) {
      Optional<Fault> fault = fault(i, chained);
      if (fault.isPresent()) {
        return fault;
      }
      chained |= lines.get(i).previous().isPresent();
    }
    return Optional.empty();
  }

  /** How many lines at its beginning were written before there was a chain. */
  public int unchained() {
    int count = 0;
    while (count < end() && lines.get(count).previous().isEmpty()) {
      count++;
    }
    return count;
  }

  /** Whether the last line was begun and never finished, as a crash leaves it. */
  public boolean torn() {
    return end() < lines.size();
  }

  /** Where it ends; a torn last line does not count. */
  public Head head() {
    return end() == 0 ? Head.of(run) : new Head(lines.get(end() - 1).hash(), end());
  }

  /** The number of the line with this hash; 0 for the beginning of the run. */
  public Optional<Integer> find(String hash) {
    for (int i = 0; i < end(); i++) {
      if (lines.get(i).hash().equals(hash)) {
        return Optional.of(i + 1);
      }
    }
    return hash.equals(Head.of(run).hash()) ? Optional.of(0) : Optional.empty();
  }

  /** What it says, as far as it can be understood. */
  public List<Entry> entries() {
    return lines.stream().map(JournalLine::entry).flatMap(Optional::stream).toList();
  }

  /** How many lines there are without a torn last one. */
  private int end() {
    boolean torn = !lines.isEmpty() && torn(lines.get(lines.size() - 1));
    return torn ? lines.size() - 1 : lines.size();
  }

  /** What was written to its end was meant, whether it can be understood or not. */
  private static boolean torn(JournalLine last) {
    return last.entry().isEmpty() && !last.ended();
  }

  private Optional<Fault> fault(int index, boolean chained) {
    JournalLine line = lines.get(index);
    if (line.entry().isEmpty()) {
      boolean last = index == lines.size() - 1;
      boolean passed = last ? torn(line) : !chained && line.cut();
      return passed
          ? Optional.empty()
          : Optional.of(new Fault(index + 1, "this is no line of a journal"));
    }
    if (line.previous().isEmpty()) {
      return chained
          ? Optional.of(
              new Fault(
                  index + 1, "this line is not chained, and those above it are: it was put in"))
          : Optional.empty();
    }
    String named = line.previous().get();
    return named.equals(above(index)) ? Optional.empty() : Optional.of(mismatch(index, named));
  }

  private String above(int index) {
    return index == 0 ? Head.of(run).hash() : lines.get(index - 1).hash();
  }

  /** Which of the ways to break it fits best. */
  private Fault mismatch(int index, String named) {
    int number = index + 1;
    int after = find(named).orElse(-1);
    if (after >= number) {
      return new Fault(
          number, "this line was written after line %d: it was moved".formatted(after));
    }
    if (number < end() && lines.get(number).previous().equals(Optional.of(above(index)))) {
      return new Fault(
          number, "this line was put in, or moved: the next one was written without it");
    }
    if (after >= 0) {
      return new Fault(
          after + 1,
          "%s put in, or moved: line %d was written right after %s"
              .formatted(
                  after + 1 == index
                      ? "this line was"
                      : "lines %d to %d were".formatted(after + 1, index),
                  number,
                  after == 0 ? "the beginning" : "line " + after));
    }
    if (index == 0) {
      return new Fault(
          1,
          "this line does not begin the run %s: lines above it were removed, or the run was renamed"
              .formatted(run));
    }
    return new Fault(
        index,
        "this line was changed, or lines between it and line %d were removed".formatted(number));
  }
}
