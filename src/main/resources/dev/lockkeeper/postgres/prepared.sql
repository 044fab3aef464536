-- Which transactions are prepared for two-phase commit, hold locks and have no session?
SELECT p.gid, p.owner, extract(epoch FROM clock_timestamp() - p.prepared) AS age, p.prepared::text AS prepared_at, p.transaction
FROM pg_prepared_xacts AS p
WHERE p.database = current_database()
ORDER BY p.prepared, p.gid
LIMIT 500
