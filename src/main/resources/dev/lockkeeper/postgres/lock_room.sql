-- How many locks is there room for, may we read the server's files, and how many tables and indexes are in Coder's schema?
SELECT current_setting('max_locks_per_transaction')::int AS per_transaction,
       current_setting('max_connections')::int + current_setting('max_prepared_transactions')::int AS sessions,
       has_function_privilege('pg_catalog.pg_show_all_file_settings()', 'EXECUTE')
         AND has_table_privilege('pg_catalog.pg_file_settings', 'SELECT') AS reads_files,
       (SELECT count(*) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'm', 'i', 'I')) AS relations
