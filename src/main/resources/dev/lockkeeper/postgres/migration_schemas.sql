-- In which schemas is a schema_migrations? The catalog does not wait for a table's lock.
SELECT n.nspname AS schema
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relname = 'schema_migrations' AND c.relkind IN ('r', 'p')
LIMIT 40
