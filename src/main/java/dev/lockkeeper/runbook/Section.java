package dev.lockkeeper.runbook;

import java.util.List;

/**
 * A part of a runbook.
 *
 * @param number counted from 1
 * @param title a few words
 * @param steps its steps in order
 */
public record Section(int number, String title, List<Step> steps) {
  public Section {
    steps = List.copyOf(steps);
  }
}
