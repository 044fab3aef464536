-- In which schemas does our role look for a table, in order?
SELECT s.schema
FROM pg_catalog.unnest(pg_catalog.current_schemas(false)) WITH ORDINALITY AS s (schema, place)
ORDER BY s.place
