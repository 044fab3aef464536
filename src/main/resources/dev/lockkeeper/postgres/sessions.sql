-- Who is connected to this database besides us? Longest transaction first.
-- Rows that our role may not look into have NULL almost everywhere: any filter on their state would drop them in silence.
SELECT a.pid,
       to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS backend_start,
       a.usename AS role,
       a.application_name AS application,
       host(a.client_addr) AS address,
       a.backend_type AS type,
       a.leader_pid AS leader,
       a.state,
       a.wait_event_type,
       a.wait_event,
       a.backend_xid IS NOT NULL AS wrote,
       extract(epoch FROM clock_timestamp() - a.xact_start) AS transaction_age,
       extract(epoch FROM clock_timestamp() - a.state_change) AS state_age,
       left(a.query, 300) AS query,
       a.backend_start IS NULL AS hidden,
       r.rolsuper AS superuser
FROM pg_stat_activity AS a
LEFT JOIN pg_roles AS r ON r.oid = a.usesysid
WHERE a.datname = current_database()
  AND a.pid <> pg_backend_pid()
  AND NOT (a.application_name = 'lockkeeper' AND a.usename = session_user)
ORDER BY a.xact_start NULLS LAST, a.pid
LIMIT 1000
