-- Where is schema_migrations? Asked of the catalog, which does not wait for the table's lock.
-- A table of that name without these two columns is another program's.
SELECT c.oid AS id,
       n.nspname AS schema,
       has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT') AS readable,
       EXISTS (SELECT FROM pg_class AS w WHERE w.relnamespace = n.oid AND w.relname = 'workspaces' AND w.relkind = 'r') AS coder
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relname = 'schema_migrations'
  AND c.relkind IN ('r', 'p')
  AND n.nspname !~ '^pg_'
  AND (SELECT count(*) FROM pg_attribute AS a WHERE a.attrelid = c.oid AND NOT a.attisdropped AND a.attname IN ('version', 'dirty')) = 2
ORDER BY n.nspname
LIMIT 20
