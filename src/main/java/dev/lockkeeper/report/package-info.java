/**
 * Answers without a screen: as lines for a plain terminal, and as JSON for another program. Each
 * shape of JSON is described in docs/COMMANDS.md and only ever grows.
 */
package dev.lockkeeper.report;
