-- Whose are the objects in Coder's schema? An extension's belong to the extension.
SELECT o.kind, o.name, pg_get_userbyid(o.owner) AS owner
FROM pg_namespace AS n
CROSS JOIN LATERAL (
  SELECT 'pg_class'::regclass AS catalog, c.oid, CASE WHEN c.relkind IN ('v', 'm') THEN 'view' ELSE 'table' END AS kind, c.relname AS name, c.relowner AS owner
  FROM pg_class AS c
  WHERE c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'v', 'm')
  UNION ALL
  SELECT 'pg_type'::regclass, t.oid, 'type', t.typname, t.typowner
  FROM pg_type AS t
  WHERE t.typnamespace = n.oid AND t.typtype IN ('e', 'd')
  UNION ALL
  SELECT 'pg_proc'::regclass, p.oid, 'function', p.proname, p.proowner
  FROM pg_proc AS p
  WHERE p.pronamespace = n.oid
) AS o
WHERE n.nspname = current_schema()
  AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = o.catalog AND d.objid = o.oid AND d.deptype = 'e')
ORDER BY o.kind = 'table' DESC, o.name
LIMIT 2000
