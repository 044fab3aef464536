-- For whom does each of these sessions wait? 0 is a prepared transaction.
-- pg_blocking_pids costs more the more sessions wait, so it is asked for a few of them, and only where pg_locks does not tell.
SELECT w.pid, pg_blocking_pids(w.pid) AS blockers
FROM unnest('{:pids}'::int[]) AS w (pid)
