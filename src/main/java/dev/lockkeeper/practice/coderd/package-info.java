/**
 * Actors that behave like Coder's server, and the database that they share: real sessions, real
 * locks, the log lines and the silences of the original.
 */
package dev.lockkeeper.practice.coderd;
