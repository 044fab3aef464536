-- Which schema number has the database? Never asked while the table is locked exclusively. Coder keeps one row.
SELECT version, dirty FROM schema_migrations ORDER BY version LIMIT 3
