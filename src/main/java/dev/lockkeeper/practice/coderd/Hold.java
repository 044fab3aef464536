package dev.lockkeeper.practice.coderd;

/**
 * A fault: one replica opens a transaction, does something in it, and never ends it.
 *
 * @param start which container it is, counted from the first one that the world starts
 * @param statement what it does in the transaction
 */
public record Hold(int start, String statement) {}
