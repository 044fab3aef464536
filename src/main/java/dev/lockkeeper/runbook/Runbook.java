package dev.lockkeeper.runbook;

import dev.lockkeeper.action.Action;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A procedure.
 *
 * @param name its name on the command line, such as {@code coder-upgrade}
 * @param title what it does
 * @param needsTarget whether somebody has to name the version that is wanted; otherwise it is the
 *     one that the Deployment names
 * @param sections its sections in order
 */
public record Runbook(String name, String title, boolean needsTarget, List<Section> sections) {
  public Runbook {
    sections = List.copyOf(sections);
  }

  /** All steps in order. */
  public Stream<Step> steps() {
    return sections.stream().flatMap(section -> section.steps().stream());
  }

  /** Whether any of its steps does such a thing. */
  public boolean does(Predicate<Action> such) {
    return steps().flatMap(step -> step.action().stream()).anyMatch(such);
  }

  public Optional<Step> step(String id) {
    return steps().filter(step -> step.id().equals(id)).findFirst();
  }
}
