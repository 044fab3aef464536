package brokenhouse.view;

import org.jline.terminal.Terminal;

/** The one class of its room that may use JLine. */
record Columns(Terminal jline) {}
