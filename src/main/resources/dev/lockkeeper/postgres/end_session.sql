-- Ends one session, or cancels its statement: if it is the one that was seen, if it may be ended at all, and if the grounds for it
-- still hold. All of it in one statement, so that nothing lies between the look and the signal.
-- No row: that session is gone. "kept": why it was left alone; then nothing was sent. "signalled" false: it ended in this very moment.
WITH RECURSIVE asked AS MATERIALIZED (
  SELECT ?::int AS pid, ?::timestamptz AS started, ?::text AS manner, ?::text AS grounds,
         ?::name AS database, ?::timestamptz AS statement, ?::oid[] AS old_keys
),
-- The start of a session that our role may not look into is NULL: it is no other session, it is one of which nothing is known.
session AS MATERIALIZED (
  SELECT a.pid, a.datid, a.client_addr, a.application_name, a.state, a.query_start, a.backend_start, a.backend_type, a.leader_pid,
         r.rolname AS role, coalesce(r.rolsuper, false) AS superuser
  FROM asked AS w
  CROSS JOIN LATERAL pg_stat_get_activity(w.pid) AS a
  LEFT JOIN pg_roles AS r ON r.oid = a.usesysid
  WHERE a.backend_start = w.started OR a.backend_start IS NULL
),
here AS (
  SELECT d.oid FROM asked AS w JOIN pg_database AS d ON d.datname = w.database
),
queue AS (
  SELECT l.pid, l.granted
  FROM pg_locks AS l
  WHERE l.locktype = 'advisory'
    AND l.database = (SELECT h.oid FROM here AS h)
    AND l.objsubid = 1
    AND (l.classid = 241551044 AND l.objid = 1626191913
      OR l.classid = 0 AND l.objid = ANY ((SELECT w.old_keys FROM asked AS w)::oid[]))
),
-- Whoever holds the migration lock, of whatever release; where nobody does, whoever keeps schema_migrations closed.
migrator AS MATERIALIZED (
  SELECT q.pid FROM queue AS q WHERE q.granted AND q.pid IS NOT NULL
  UNION
  SELECT l.pid
  FROM pg_locks AS l
  WHERE NOT EXISTS (SELECT FROM queue AS q WHERE q.granted)
    AND l.locktype = 'relation'
    AND l.granted
    AND l.mode = 'AccessExclusiveLock'
    AND l.database = (SELECT h.oid FROM here AS h)
    AND l.relation IN (SELECT c.oid FROM pg_class AS c WHERE c.relname = 'schema_migrations')
    AND l.pid IS NOT NULL
),
-- Upwards from there. Nobody is asked twice, so it ends however the sessions wait for each other; and it ends where it finds the session.
walk (pid) AS (
  SELECT m.pid FROM migrator AS m
  UNION
  SELECT b.pid
  FROM walk AS w
  CROSS JOIN LATERAL unnest(pg_blocking_pids(w.pid)) AS b (pid)
  WHERE b.pid <> 0
),
judged AS MATERIALIZED (
  SELECT s.pid, s.state, s.query_start, w.manner,
         CASE
           WHEN s.pid = pg_backend_pid() OR (s.application_name = 'lockkeeper' AND s.client_addr IS NOT DISTINCT FROM inet_client_addr())
             THEN 'protected: Lockkeeper''s own session'
           WHEN s.backend_start IS NULL THEN 'left alone: our role may not see whether it is the same session (it needs pg_read_all_stats)'
           WHEN s.backend_type ~ '^(wal ?(sender|receiver)|logical replication)' THEN 'protected: it replicates'
           WHEN s.backend_type = 'autovacuum worker' THEN 'protected: autovacuum'
           WHEN s.leader_pid <> s.pid THEN 'protected: a parallel worker, its leader is ' || s.leader_pid
           WHEN s.backend_type IS DISTINCT FROM 'client backend' THEN 'protected: the server''s own process'
           WHEN s.datid IS DISTINCT FROM (SELECT h.oid FROM here AS h) THEN 'left alone: it is in another database'
           WHEN s.application_name ~* '^(pg_dump|pg_dumpall|pg_basebackup|pg_restore|pg_receivewal|pgbackrest|pgbackweb|barman|wal-g|wal-e|pg_probackup|velero)'
             THEN 'protected: a backup'
           WHEN lower(s.role) IN ('rdsadmin', 'rdsrepladmin', 'rdsproxyadmin', 'rds_superuser', 'cloudsqladmin', 'cloudsqlagent', 'cloudsqlreplica',
                                  'cloudsqlsuperuser', 'alloydbadmin', 'azure_superuser', 'azuresu', 'azure_pg_admin', 'replicator')
             THEN 'protected: the provider''s role ' || s.role
           WHEN s.superuser AND current_setting('is_superuser') <> 'on' THEN 'protected: the superuser ' || s.role
           WHEN w.grounds = 'BLOCKS_MIGRATION' AND EXISTS (SELECT FROM migrator AS m WHERE m.pid = s.pid) THEN 'protected: it is the migrator'
           WHEN w.grounds = 'BLOCKS_MIGRATION' AND NOT EXISTS (SELECT FROM walk AS b WHERE b.pid = s.pid)
             THEN 'left alone: it no longer blocks the migration'
           WHEN w.grounds = 'ORPHANED' AND s.pid NOT IN (SELECT q.pid FROM queue AS q WHERE q.pid IS NOT NULL UNION SELECT m.pid FROM migrator AS m)
             THEN 'left alone: it neither holds the migration lock nor waits for it any more'
           WHEN w.grounds = 'ORPHANED' AND w.statement IS NOT NULL AND s.query_start IS DISTINCT FROM w.statement
             THEN 'left alone: it has begun another statement since it was looked at, so its client may live'
           -- People and jobs use Coder's role, too; whoever has taken such a name since is no coderd.
           WHEN w.grounds = 'CODERD'
             AND s.application_name ~* '^(psql|pgadmin|dbeaver|datagrip|navicat|tableplus|azure data studio|metabase|grafana|postgres_exporter|pgbench|pg_cron|pg_restore)'
             THEN 'left alone: it is not coderd''s, it calls itself ' || s.application_name
           WHEN w.grounds NOT IN ('BLOCKS_MIGRATION', 'ORPHANED', 'CODERD', 'DATABASE') THEN 'left alone: unknown grounds'
           WHEN w.manner = 'CANCEL' AND s.state = 'idle' THEN 'left alone: it runs no statement'
           WHEN w.manner = 'CANCEL' AND s.state LIKE 'idle in transaction%'
             THEN 'left alone: it is idle in a transaction and would not notice a cancel; only ending the session frees its locks'
         END AS kept
  FROM asked AS w
  CROSS JOIN session AS s
)
SELECT j.kept, j.state, j.query_start,
       CASE
         WHEN j.kept IS NOT NULL THEN NULL
         WHEN j.manner = 'CANCEL' THEN pg_cancel_backend(j.pid)
         WHEN j.manner = 'TERMINATE' THEN pg_terminate_backend(j.pid)
       END AS signalled
FROM judged AS j
