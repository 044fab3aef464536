/**
 * What follows from a snapshot, and how surely: who migrates, whose a session is, what a path
 * crosses. The rules of {@code diagnosis} and the checks stand on it.
 */
package dev.lockkeeper.analysis;
