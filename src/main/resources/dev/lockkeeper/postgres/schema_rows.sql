-- What stands in the table? One row is expected.
SELECT version, dirty FROM :schema.schema_migrations LIMIT 3
