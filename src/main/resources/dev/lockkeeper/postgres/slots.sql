-- How many connections does the server take, and how many are left?
-- What PostgreSQL 16 reserves for the roles of pg_use_reserved_connections is there under another name than what every version
-- reserves for superusers; a setting that this version does not have counts as 0.
SELECT current_setting('max_connections')::int AS max,
       current_setting('superuser_reserved_connections')::int
         + coalesce(current_setting('reserved_connections', true), '0')::int AS reserved,
       (SELECT count(*) FROM pg_stat_activity AS a WHERE a.backend_type = 'client backend' OR a.backend_type IS NULL AND a.usesysid IS NOT NULL) AS used,
       (SELECT r.rolconnlimit FROM pg_roles AS r WHERE r.rolname = current_user) AS own_limit,
       (SELECT count(*) FROM pg_stat_activity AS a WHERE a.usename = current_user) AS own_used,
       (SELECT d.datconnlimit FROM pg_database AS d WHERE d.datname = current_database()) AS database_limit
