-- Which of these sessions are still there, and what do they do? Asked again and again, each time by itself: within one transaction
-- the list of sessions never changes.
SELECT a.pid, a.state, a.query_start
FROM unnest(?::int[], ?::timestamptz[]) AS w (pid, started)
JOIN pg_stat_get_activity(NULL) AS a ON a.pid = w.pid AND a.backend_start = w.started
