package dev.lockkeeper.snapshot;

import java.time.Duration;
import java.util.Optional;

/**
 * A lock that is held or waited for ({@code pg_locks}).
 *
 * @param pid the session, or the place of a prepared transaction ({@link Database#prepared(int)});
 *     empty for one of which it is not known which one it is
 * @param type such as relation, transactionid, advisory
 * @param relation the table or index, if it is one of this database
 * @param key what else tells this lock from others of its type, such as an advisory key
 * @param mode such as {@code AccessExclusiveLock}
 * @param granted whether it is held
 * @param waiting for how long it is waited for; empty when it is held, and on PostgreSQL 13
 */
public record Lock(
    Optional<Integer> pid,
    String type,
    Optional<String> relation,
    String key,
    String mode,
    boolean granted,
    Optional<Duration> waiting) {}
