-- Whose database is this, if it has no schema_migrations? Asked in that case alone. An extension's tables say nothing.
SELECT count(*) AS tables,
       array_to_string((array_agg(c.relname ORDER BY c.relname))[1:3], ', ') AS names
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p')
  AND n.nspname !~ '^pg_'
  AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
