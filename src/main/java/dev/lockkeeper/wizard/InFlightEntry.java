package dev.lockkeeper.wizard;

import dev.lockkeeper.journal.Entry;

/**
 * What an entry is about that is on its way to the journal.
 *
 * @param kind what it says
 * @param step the step that it belongs to; empty when it belongs to the run
 * @param word the question, choice or fact; empty when it is about none
 */
public record InFlightEntry(Entry.Kind kind, String step, String word) {
  static InFlightEntry of(Entry entry) {
    return new InFlightEntry(entry.kind(), entry.step(), entry.value(Entry.WORD));
  }
}
