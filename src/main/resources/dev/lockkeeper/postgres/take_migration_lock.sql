-- Takes the lock of whoever migrates, Coder's own and that of its releases up to v2.4, until the transaction ends. Never waits.
SELECT pg_try_advisory_xact_lock(w.key) AS taken
FROM unnest(?::bigint[]) AS w (key)
