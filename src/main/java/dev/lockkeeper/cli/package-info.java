/** The command line: what was typed becomes values for a {@link dev.lockkeeper.cli.Launcher}. */
package dev.lockkeeper.cli;
