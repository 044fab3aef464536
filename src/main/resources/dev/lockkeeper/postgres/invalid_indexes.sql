-- Which indexes of Coder's tables are not valid? CREATE INDEX CONCURRENTLY leaves one behind when it fails, and has one while it works.
SELECT i.relname AS name,
       t.relname AS "table",
       EXISTS (SELECT FROM pg_stat_progress_create_index AS p WHERE p.datid = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())) AS building
FROM pg_index AS x
JOIN pg_class AS i ON i.oid = x.indexrelid AND i.relkind = 'i'
JOIN pg_class AS t ON t.oid = x.indrelid
WHERE NOT x.indisvalid
  AND t.relnamespace = to_regnamespace(quote_ident(current_schema()))
ORDER BY t.relname, i.relname
LIMIT 20
