package dev.lockkeeper.snapshot;

/**
 * What our database role may see and do.
 *
 * @param seesAll has {@code pg_read_all_stats}: without it, other roles' sessions show no state
 * @param maySignal has {@code pg_signal_backend}
 * @param superuser is a superuser
 */
public record DatabaseRights(boolean seesAll, boolean maySignal, boolean superuser) {}
