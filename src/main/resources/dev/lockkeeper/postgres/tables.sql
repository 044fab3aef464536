-- Which tables are large, by the planner's estimate? The exact size would wait for every table's lock.
SELECT c.relname AS name,
       CASE
         WHEN c.reltuples < 0 OR (c.reltuples = 0 AND c.relpages = 0 AND current_setting('server_version_num')::int < 140000) THEN -1
         ELSE c.reltuples
       END::bigint AS rows,
       c.relpages::bigint * current_setting('block_size')::bigint AS bytes
FROM pg_class AS c
WHERE c.relkind IN ('r', 'm', 'p') AND c.relnamespace = to_regnamespace(quote_ident(current_schema()))
ORDER BY c.relpages DESC, c.relname
LIMIT 60
