/**
 * The Helm of a practice world: stand-ins for Coder's charts, a repository that serves them, and
 * the records that Helm keeps of a release. Helm itself is not here: whoever runs a real one
 * against the world finds what it would have left behind.
 */
package dev.lockkeeper.practice.charts;
