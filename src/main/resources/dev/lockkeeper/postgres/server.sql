-- Which server and database is this, who are we, and what may we see?
-- Schema-qualified throughout: it is also asked on the role's own search path.
SELECT pg_catalog.current_setting('server_version_num') AS version,
       pg_catalog.current_database() AS name,
       current_user AS role,
       pg_catalog.pg_backend_pid() AS pid,
       pg_catalog.pg_is_in_recovery() AS standby,
       pg_catalog.to_char(pg_catalog.timezone('UTC', pg_catalog.pg_postmaster_start_time()), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS started,
       pg_catalog.pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') AS sees_all,
       pg_catalog.pg_has_role(current_user, 'pg_signal_backend', 'USAGE') AS may_signal,
       pg_catalog.current_setting('is_superuser') AS superuser,
       pg_catalog.pg_stat_get_db_numbackends((SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = pg_catalog.current_database())) - 1 AS sessions
