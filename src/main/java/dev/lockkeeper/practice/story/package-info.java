/**
 * What happens in a practice world besides what the operator does: the others who work on the same
 * cluster and database, and what breaks. Everything happens for real: by sessions, by writes to the
 * cluster, by the end of processes. No finding is made here.
 */
package dev.lockkeeper.practice.story;
