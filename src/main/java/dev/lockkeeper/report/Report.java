package dev.lockkeeper.report;

import dev.lockkeeper.view.Line;
import java.util.List;
import java.util.Map;

/** An answer, to be printed either way. */
public interface Report {
  /** For a person; what is wider than {@code width} is wrapped where that can be done well. */
  List<Line> lines(int width);

  /** For a program: maps, lists, texts, numbers, truth values and nulls. */
  Map<String, Object> json();
}
