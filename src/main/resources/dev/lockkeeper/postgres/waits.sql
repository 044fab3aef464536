-- For whom does each of these sessions wait? 0 is a prepared transaction.
-- pg_blocking_pids costs more the more sessions wait, so it is asked for a few of them.
SELECT w.pid, array_to_string(pg_blocking_pids(w.pid), ',') AS blockers
FROM unnest('{:pids}'::int[]) AS w (pid)
