-- Which locks matter? All requests for what somebody waits for, held or waiting, since who waits for whom follows from them; Coder's
-- migration lock, or that of its old releases (the old keys); and the tables that others hold, because these are the ones that a
-- migration would wait for.
-- One line for all who ask for the same thing in the same mode: a queue of a thousand is one line.
-- A prepared transaction has no pid. Its own transaction's lock says which one it is, and all its locks have the same virtual transaction:
-- it stands here as its transaction id below zero; as 0 where that is not to be found.
-- "thing", "virtual" and "xid" are there to be joined by; most columns of pg_locks are NULL, and NULL joins with nothing.
WITH here AS MATERIALIZED (
  SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database()
),
lock AS MATERIALIZED (
  SELECT said.*
  FROM (SELECT NULL::timestamptz AS waitstart) AS unsaid
  -- PostgreSQL 13 does not say since when a lock is waited for: there, the name leads to the NULL outside.
  CROSS JOIN LATERAL (
    SELECT l.*,
           coalesce(l.relation, l.objid, 0::oid) AS thing,
           coalesce(l.virtualxid, '') AS virtual,
           coalesce(l.transactionid, '0'::xid) AS xid,
           date_part('epoch', statement_timestamp() - waitstart) AS waited,
           coalesce(l.locktype = 'advisory' AND l.objsubid = 1
             AND (l.classid = 241551044 AND l.objid = 1626191913 OR l.classid = 0 AND l.objid IN (:old_keys)), false) AS migration
    FROM pg_locks AS l
    WHERE l.mode <> 'SIReadLock'
      AND l.pid IS DISTINCT FROM pg_backend_pid()
  ) AS said
),
-- Transactions have no database, and what all databases share has the database 0: whose waiters these are is sorted out by pid.
waiting AS MATERIALIZED (
  SELECT w.*
  FROM lock AS w
  WHERE NOT w.granted
    AND (w.database IS NULL OR w.database = 0 OR w.database = (SELECT h.oid FROM here AS h))
),
wanted AS MATERIALIZED (
  SELECT DISTINCT w.thing, w.virtual, w.xid, w.locktype, w.database, w.relation, w.page, w.tuple, w.classid, w.objid, w.objsubid, w.migration
  FROM waiting AS w
),
reason AS (
  SELECT l.*, true AS contended
  FROM lock AS l
  JOIN wanted AS w
    ON w.thing = l.thing
    AND w.virtual = l.virtual
    AND w.xid = l.xid
    AND w.locktype = l.locktype
    AND w.database IS NOT DISTINCT FROM l.database
    AND w.relation IS NOT DISTINCT FROM l.relation
    AND w.page IS NOT DISTINCT FROM l.page
    AND w.tuple IS NOT DISTINCT FROM l.tuple
    AND w.classid IS NOT DISTINCT FROM l.classid
    AND w.objid IS NOT DISTINCT FROM l.objid
    AND w.objsubid IS NOT DISTINCT FROM l.objsubid
  UNION ALL
  SELECT l.*, false
  FROM lock AS l
  WHERE l.granted
    AND l.database = (SELECT h.oid FROM here AS h)
    AND (l.migration
      AND NOT EXISTS (SELECT FROM wanted AS w WHERE w.migration AND w.objid = l.objid)
      OR l.locktype = 'relation'
      AND l.relation >= 16384
      AND (l.mode = 'AccessExclusiveLock' OR l.relation IN (SELECT c.oid FROM pg_class AS c WHERE c.relname = 'schema_migrations') OR coalesce(l.pid, 0) NOT IN (SELECT w.pid FROM waiting AS w))
      AND l.relation NOT IN (SELECT w.relation FROM wanted AS w WHERE w.locktype = 'relation')
      AND l.relation IN (SELECT c.oid FROM pg_class AS c WHERE c.relkind IN ('r', 'p', 'm')))
),
prepared AS (
  SELECT l.virtualtransaction, p.transaction::text::bigint AS xid
  FROM pg_prepared_xact() AS p
  JOIN lock AS l ON l.xid = p.transaction AND l.locktype = 'transactionid' AND l.granted AND l.pid IS NULL
),
alike AS (
  SELECT r.locktype, r.database, r.relation, r.page, r.tuple, r.virtualxid, r.transactionid, r.classid, r.objid, r.objsubid,
         r.mode, r.granted, r.contended, r.migration,
         array_agg(coalesce(r.pid, -p.xid, 0)) AS pids,
         array_agg(r.waited) AS waited
  FROM reason AS r
  LEFT JOIN prepared AS p ON r.pid IS NULL AND p.virtualtransaction = r.virtualtransaction
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14
)
SELECT a.locktype AS type,
       a.relation AS relation_id,
       c.relname AS relation,
       n.nspname AS schema,
       CASE a.locktype
         WHEN 'advisory' THEN
           CASE a.objsubid
             WHEN 1 THEN ((a.classid::bigint << 32) | a.objid::bigint)::text
             ELSE concat_ws(',', a.classid, a.objid)
           END
         WHEN 'transactionid' THEN a.transactionid::text
         WHEN 'virtualxid' THEN a.virtualxid
         WHEN 'relation' THEN ''
         ELSE concat_ws(',', a.page, a.tuple, a.transactionid, a.classid, a.objid, a.objsubid)
       END AS key,
       nullif(a.database, 0) AS database,
       a.mode,
       a.granted,
       a.contended,
       a.migration,
       c.relname = 'schema_migrations'
         OR a.mode = 'AccessExclusiveLock' AND c.relname IN ('replicas', 'users', 'workspace_agents', 'provisioner_jobs', 'api_keys') AS ours,
       a.pids,
       a.waited,
       sum(cardinality(a.pids)) FILTER (WHERE NOT a.granted) OVER () AS all_waiting
FROM alike AS a
LEFT JOIN pg_class AS c ON c.oid = a.relation
LEFT JOIN pg_namespace AS n ON n.oid = c.relnamespace
ORDER BY migration DESC, a.contended DESC, ours DESC, a.granted, cardinality(a.pids) DESC
LIMIT 2000
