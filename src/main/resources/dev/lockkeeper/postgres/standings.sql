-- What may the roles do that are connected to this database, own something in Coder's schema, or may log in?
WITH owner AS MATERIALIZED (
  SELECT c.relowner AS oid FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE n.nspname = current_schema()
  UNION
  SELECT t.typowner FROM pg_type AS t JOIN pg_namespace AS n ON n.oid = t.typnamespace WHERE n.nspname = current_schema()
  UNION
  SELECT p.proowner FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace WHERE n.nspname = current_schema()
),
asked AS MATERIALIZED (
  SELECT o.oid FROM owner AS o
  UNION
  SELECT a.usesysid FROM pg_stat_get_activity(NULL) AS a
  WHERE a.usesysid IS NOT NULL AND a.datid = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
  UNION
  (SELECT r.oid FROM pg_roles AS r WHERE r.rolcanlogin LIMIT 200)
)
SELECT r.rolname AS role,
       r.rolsuper AS superuser,
       has_schema_privilege(r.oid, n.oid, 'CREATE') AS creates,
       pg_get_userbyid(o.oid) AS acts_for
FROM asked AS a
JOIN pg_roles AS r ON r.oid = a.oid
JOIN pg_namespace AS n ON n.nspname = current_schema()
LEFT JOIN owner AS o ON pg_has_role(r.oid, o.oid, 'USAGE')
LIMIT 2000
