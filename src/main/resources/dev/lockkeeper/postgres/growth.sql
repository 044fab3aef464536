-- How much has the server written so far? It grows while a migration works.
SELECT CASE WHEN pg_is_in_recovery() THEN 0 ELSE (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint END AS wal_bytes,
       pg_database_size(current_database()) AS database_bytes
