-- Where is schema_migrations, and is there Coder v1's migration_cursor? Asked of the catalog, which does not wait for a table's lock.
-- A schema_migrations without these two columns is another program's. A view may show anything, and row security may hide the row.
SELECT c.oid AS id,
       n.nspname AS schema,
       c.relname = 'migration_cursor' AS v1,
       has_schema_privilege(n.oid, 'USAGE')
         AND (has_table_privilege(c.oid, 'SELECT')
           OR (SELECT bool_and(has_column_privilege(c.oid, a.attnum, 'SELECT')) FROM pg_attribute AS a WHERE a.attrelid = c.oid AND NOT a.attisdropped AND a.attname IN ('version', 'dirty'))) AS readable,
       c.relkind NOT IN ('r', 'p') AS view,
       row_security_active(c.oid) AS guarded,
       (SELECT count(*) FROM pg_attribute AS a WHERE a.attrelid = c.oid AND NOT a.attisdropped AND a.attname IN ('version', 'dirty')) = 2 AS shaped,
       EXISTS (SELECT FROM pg_class AS w WHERE w.relnamespace = n.oid AND w.relname = 'workspaces' AND w.relkind = 'r') AS coder
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relname IN ('schema_migrations', 'migration_cursor')
  AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND n.nspname !~ '^pg_'
ORDER BY n.nspname
LIMIT 40
