-- Keeps everybody else out of the table until the transaction ends. Never waits: nobody shall queue behind us.
LOCK TABLE :schema.schema_migrations IN ACCESS EXCLUSIVE MODE NOWAIT
