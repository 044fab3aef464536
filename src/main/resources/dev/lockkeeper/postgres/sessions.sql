-- Who is connected to this database besides us? Longest transaction first. :pids asks for these alone, :most for no more.
-- Rows that our role may not look into have NULL almost everywhere: any filter on their state would drop them in silence.
-- Ours are known by their name, role and address, where nobody stands between (:direct): a pooler lends a session with our name to coderd.
-- The function below pg_stat_activity: the view's joins double the cost when thousands are connected.
SELECT a.pid,
       a.backend_start,
       CASE WHEN a.usesysid <> 0 THEN pg_get_userbyid(a.usesysid) END AS role,
       a.application_name AS application,
       host(a.client_addr) AS address,
       a.backend_type AS type,
       a.leader_pid AS leader,
       a.state,
       a.wait_event_type,
       a.wait_event,
       a.backend_xid IS NOT NULL AS wrote,
       date_part('epoch', clock_timestamp() - a.xact_start) AS transaction_age,
       date_part('epoch', clock_timestamp() - a.state_change) AS state_age,
       date_part('epoch', clock_timestamp() - a.backend_start) AS age,
       a.query_start AS statement,
       date_part('epoch', clock_timestamp() - a.query_start) AS statement_age,
       left(a.query, 300) AS query,
       a.usesysid = ANY (ARRAY(SELECT r.oid FROM pg_roles AS r WHERE r.rolsuper)) AS superuser
FROM (
  SELECT s.*
  FROM pg_stat_get_activity(NULL) AS s
  WHERE s.datid = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
    AND s.pid <> pg_backend_pid()
    AND NOT (:direct AND s.application_name = 'lockkeeper' AND s.client_addr IS NOT DISTINCT FROM inet_client_addr()
             AND s.usesysid = (SELECT r.oid FROM pg_roles AS r WHERE r.rolname = session_user))
    AND (:pids::int[] IS NULL OR s.pid = ANY (:pids))
  ORDER BY s.xact_start NULLS LAST, s.pid
  LIMIT :most
) AS a
ORDER BY a.xact_start NULLS LAST, a.pid
