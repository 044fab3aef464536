/**
 * The operator's terminal: frames out, keys in. The only door to Lanterna and to JLine's terminal.
 */
package dev.lockkeeper.terminal;
