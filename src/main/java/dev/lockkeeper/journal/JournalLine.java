package dev.lockkeeper.journal;

import java.util.Optional;

/**
 * A line as it stands in a journal.
 *
 * @param hash its SHA-256, see {@link Head#hash(byte[])}
 * @param run the run that it says to begin; only a first line says so
 * @param previous the hash of the line that it was written after; empty in a journal of version 0,
 *     which has no chain
 * @param entry what it says; empty if it cannot be understood
 * @param cut whether it looks like the beginning of a line whose rest was never written
 * @param ended whether a line feed ends it; only what a crash left has none
 */
public record JournalLine(
    String hash,
    Optional<String> run,
    Optional<String> previous,
    Optional<Entry> entry,
    boolean cut,
    boolean ended) {}
