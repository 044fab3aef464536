-- Takes the lock of whoever migrates, Coder's own, that of its releases up to v2.4 and that of golang-migrate's tool, until the transaction ends. Never waits.
SELECT pg_try_advisory_xact_lock(w.key) AS taken
FROM unnest(?::bigint[]) AS w (key)
