/**
 * A real PostgreSQL server for the practice world: its own process, on loopback, gone when the
 * world is gone.
 */
package dev.lockkeeper.practice.server;
