/**
 * The wizard's only door to JDBC: finds the address of the Coder database, reads it over one
 * connection that can neither block nor write, and turns what PostgreSQL answers into facts.
 *
 * <p>Every statement lives in a {@code .sql} file named for its question and, where it matters, for
 * the least server version.
 */
package dev.lockkeeper.postgres;
