-- Which backups run on this server? A base backup has no database, and other tools may be connected to another one. Names and process ids
-- are shown to every role.
SELECT a.pid,
       coalesce(a.application_name, '') AS tool,
       coalesce(d.datname, '') AS database
FROM pg_stat_get_activity(NULL) AS a
LEFT JOIN pg_database AS d ON d.oid = a.datid
WHERE a.pid IN (SELECT p.pid FROM pg_stat_progress_basebackup AS p)
   OR a.application_name ~* '^(pg_dump|pg_dumpall|pg_basebackup|pg_restore|pgbackrest|pgbackweb|barman|wal-g|wal-e|pg_probackup|velero)'
ORDER BY a.pid
LIMIT 20
