/**
 * What can be asked: one record per question that a runbook may ask of a snapshot. The answer is
 * PASS, FAIL or UNKNOWN with its evidence. A fact that is missing, hidden or too old makes the
 * answer UNKNOWN, and UNKNOWN never counts as PASS. They lie by subject; {@link
 * dev.lockkeeper.check.Checks} lists them all.
 */
package dev.lockkeeper.check;
