-- PostgreSQL 14 and later.
-- Which locks matter? Those that somebody waits for, with their holders; Coder's migration lock; every lock on schema_migrations;
-- exclusive locks on the tables that are read here, which then are left alone; and, behind all these, the tables that sessions
-- idle in transaction hold, because these are the ones that a migration would wait for.
WITH here AS (
  SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database()
),
lock AS MATERIALIZED (
  SELECT l.*,
         concat_ws('/', l.locktype, l.database, l.relation, l.page, l.tuple, l.virtualxid, l.transactionid, l.classid, l.objid, l.objsubid) AS object,
         l.locktype = 'advisory' AND l.classid = 241551044 AND l.objid = 1626191913 AND l.objsubid = 1 AS migration,
         l.waitstart AS since
  FROM pg_locks AS l, here
  WHERE (l.database = here.oid OR l.database IS NULL)
    AND l.pid IS DISTINCT FROM pg_backend_pid()
),
own_table AS MATERIALIZED (
  SELECT c.oid, c.relname = 'schema_migrations' AS schema_table
  FROM pg_class AS c
  WHERE c.relname IN ('schema_migrations', 'replicas', 'users', 'workspace_agents', 'provisioner_jobs', 'api_keys')
    AND c.relkind IN ('r', 'p')
),
wanted AS MATERIALIZED (
  SELECT DISTINCT w.object FROM lock AS w WHERE NOT w.granted
),
session AS MATERIALIZED (
  SELECT a.pid, a.state LIKE 'idle in transaction%' AS idle FROM pg_stat_activity AS a WHERE a.datname = current_database()
),
reason AS (
  SELECT l.*,
         l.object IN (SELECT w.object FROM wanted AS w)
           AND (l.database IS NOT NULL OR l.pid IS NULL OR l.pid IN (SELECT s.pid FROM session AS s)) AS contended,
         l.locktype = 'relation'
           AND l.relation IN (SELECT o.oid FROM own_table AS o WHERE o.schema_table OR l.mode = 'AccessExclusiveLock') AS ours,
         l.locktype = 'relation' AND l.granted AND l.relation >= 16384
           AND l.pid IN (SELECT s.pid FROM session AS s WHERE s.idle)
           AND l.relation IN (SELECT c.oid FROM pg_class AS c WHERE c.relkind IN ('r', 'p', 'm')) AS forgotten
  FROM lock AS l
),
ranked AS (
  SELECT l.*,
         row_number() OVER (
           PARTITION BY l.granted
           ORDER BY l.migration DESC, l.contended OR l.ours DESC, l.mode = 'AccessExclusiveLock' DESC, l.since, l.pid) AS place
  FROM reason AS l
  WHERE l.migration OR l.contended OR l.ours OR l.forgotten
)
SELECT r.pid,
       r.locktype AS type,
       r.relation AS relation_id,
       c.relname AS relation,
       CASE r.locktype
         WHEN 'advisory' THEN
           CASE r.objsubid
             WHEN 1 THEN ((r.classid::bigint << 32) | r.objid::bigint)::text
             ELSE concat_ws(',', r.classid, r.objid)
           END
         WHEN 'transactionid' THEN r.transactionid::text
         WHEN 'virtualxid' THEN r.virtualxid
         WHEN 'relation' THEN ''
         ELSE concat_ws(',', r.page, r.tuple, r.classid, r.objid, r.objsubid)
       END AS key,
       r.mode,
       r.granted,
       r.migration,
       extract(epoch FROM clock_timestamp() - r.since) AS waiting
FROM ranked AS r
LEFT JOIN pg_class AS c ON c.oid = r.relation
WHERE r.place <= 300
ORDER BY r.granted DESC, r.place
