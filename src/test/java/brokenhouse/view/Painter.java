package brokenhouse.view;

import org.jline.terminal.Terminal;

/** Goes around the one class of its room that may use JLine. */
record Painter(Terminal jline) {}
