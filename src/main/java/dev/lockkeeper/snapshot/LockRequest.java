package dev.lockkeeper.snapshot;

import java.util.OptionalLong;

/**
 * A line of {@code pg_locks}, as far as it decides who waits for whom.
 *
 * @param session the session's pid, for a parallel worker its leader's: they never wait for each
 *     other; for a prepared transaction its place, {@link Database#prepared(int)}
 * @param object whatever tells the locked thing from all others
 * @param mode how it is locked
 * @param granted whether it is held
 * @param arrival when it joined the queue, in microseconds since any moment; empty when it is held
 *     or that moment is not known
 */
public record LockRequest(
    int session, String object, LockMode mode, boolean granted, OptionalLong arrival) {}
