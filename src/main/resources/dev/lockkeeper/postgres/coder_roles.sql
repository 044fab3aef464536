-- Whose sessions can coderd's be? It owns schema_migrations; where nobody can log in as the owner, it is a member of that role.
-- Superusers may act as anybody, so they count as owners alone. And which application_name are these given when they name none?
WITH owned AS (
  SELECT n.nspname AS schema, o.oid, o.rolname, o.rolcanlogin
  FROM pg_class AS c
  JOIN pg_namespace AS n ON n.oid = c.relnamespace
  JOIN pg_roles AS o ON o.oid = c.relowner
  WHERE c.relname = 'schema_migrations' AND c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_'
),
role AS (
  SELECT w.schema, w.oid, w.rolname FROM owned AS w WHERE w.rolcanlogin
  UNION
  SELECT w.schema, m.oid, m.rolname
  FROM owned AS w
  JOIN pg_roles AS m ON m.rolcanlogin AND NOT m.rolsuper AND pg_has_role(m.oid, w.oid, 'MEMBER')
  WHERE NOT w.rolcanlogin
)
SELECT r.schema, r.rolname AS role,
       (SELECT substr(s.setting, length('application_name=') + 1)
        FROM pg_db_role_setting AS d
        CROSS JOIN LATERAL unnest(d.setconfig) AS s (setting)
        WHERE d.setrole IN (r.oid, 0)
          AND d.setdatabase IN (0, (SELECT h.oid FROM pg_database AS h WHERE h.datname = current_database()))
          AND s.setting LIKE 'application\_name=%'
        ORDER BY d.setrole <> 0 DESC, d.setdatabase <> 0 DESC
        LIMIT 1) AS application
FROM role AS r
ORDER BY r.schema, r.rolname
LIMIT 200
