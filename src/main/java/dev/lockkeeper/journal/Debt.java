package dev.lockkeeper.journal;

/**
 * Something that this run changed and that must be put back before the run is over.
 *
 * @param word what is owed, such as {@code replicas}
 * @param text it in a few words, such as {@code replicas 3: restore}
 * @param command the command that repays it, so that a person can do it by hand
 */
public record Debt(String word, String text, String command) {}
