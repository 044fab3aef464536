-- What has somebody set that ends a statement or a session, or every write, and where? Everybody may read that of roles and databases.
-- Of the whole server our own session tells, where nothing else was set for us; what a client sets for itself is seen nowhere.
WITH wanted (name) AS (
  VALUES ('statement_timeout'), ('lock_timeout'), ('idle_in_transaction_session_timeout'), ('transaction_timeout'),
         ('idle_session_timeout'), ('default_transaction_read_only'), ('temp_file_limit')
),
given AS MATERIALIZED (
  SELECT w.name, substr(c.text, length(w.name) + 2) AS value, s.setrole, s.setdatabase, r.rolname,
         (SELECT d.datname FROM pg_database AS d WHERE d.oid = s.setdatabase) AS datname
  FROM pg_db_role_setting AS s
  CROSS JOIN LATERAL unnest(s.setconfig) AS c (text)
  JOIN wanted AS w ON w.name = split_part(c.text, '=', 1)
  LEFT JOIN pg_roles AS r ON r.oid = s.setrole
  WHERE s.setdatabase IN (0, (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database()))
)
SELECT g.name, g.value,
       CASE WHEN g.setrole = 0 AND g.setdatabase = 0 THEN 'ALL_ROLES' WHEN g.setrole = 0 THEN 'DATABASE'
            WHEN g.setdatabase = 0 THEN 'ROLE' ELSE 'ROLE_IN_DATABASE' END AS place,
       coalesce(g.rolname, '') AS role,
       CASE WHEN g.setrole = 0 AND g.setdatabase <> 0 THEN format('ALTER DATABASE %I RESET %s', g.datname, g.name)
            WHEN g.setrole = 0 THEN format('ALTER ROLE ALL RESET %s', g.name)
            WHEN g.setdatabase = 0 THEN format('ALTER ROLE %I RESET %s', g.rolname, g.name)
            ELSE format('ALTER ROLE %I IN DATABASE %I RESET %s', g.rolname, g.datname, g.name) END AS undo,
       false AS untold
FROM given AS g
UNION ALL
SELECT p.name, p.reset_val, 'SERVER', '', '',
       EXISTS (SELECT FROM given AS g WHERE g.name = p.name AND (g.rolname IS NULL OR g.rolname = session_user))
FROM pg_settings AS p
JOIN wanted AS w ON w.name = p.name
WHERE p.reset_val <> p.boot_val
  OR EXISTS (SELECT FROM given AS g WHERE g.name = p.name AND (g.rolname IS NULL OR g.rolname = session_user))
