package dev.lockkeeper.terminal;

/**
 * The size of the terminal.
 *
 * @param columns its width, at least 1
 * @param rows its height, at least 1
 */
public record Size(int columns, int rows) {}
