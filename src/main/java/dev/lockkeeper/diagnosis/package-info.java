/**
 * What it means: pure functions from a snapshot to what an operator would conclude from it, each
 * with its evidence.
 */
package dev.lockkeeper.diagnosis;
