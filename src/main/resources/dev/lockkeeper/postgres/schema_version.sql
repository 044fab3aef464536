-- Which schema number has the database? Never asked while the table is locked exclusively.
SELECT version, dirty FROM schema_migrations LIMIT 1
