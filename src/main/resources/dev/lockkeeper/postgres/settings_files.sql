-- In which file and line stands what is set for the whole server? Asked of those alone who may read the server's files.
SELECT f.name, f.setting AS value, regexp_replace(f.sourcefile, '^.*/', '') || ':' || f.sourceline AS place
FROM pg_file_settings AS f
WHERE f.applied
  AND f.name IN ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout',
                 'idle_session_timeout', 'default_transaction_read_only', 'temp_file_limit')
