package dev.lockkeeper.view;

/**
 * A piece of a line that has one meaning.
 *
 * @param shown its text
 * @param style its meaning
 */
public record Span(Shown shown, Style style) {}
