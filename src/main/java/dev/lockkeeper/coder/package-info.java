/**
 * What is known of Coder, as data and pure look-ups: which release brings which schema number, what
 * each migration touches, how each line runs its migrations, which paths are known to go wrong, and
 * what the chart of a version renders.
 *
 * <p>Nothing here reads a file: {@code files.KnowledgeFile} does, and hands the {@link
 * dev.lockkeeper.coder.Knowledge} in.
 */
package dev.lockkeeper.coder;
