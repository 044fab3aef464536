/** Questions about the sessions, locks, settings and rights in the database. */
package dev.lockkeeper.check.database;
