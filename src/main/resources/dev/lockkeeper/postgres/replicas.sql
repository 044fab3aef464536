-- Which replicas have not signed off? A live one refreshes its row every 5 s.
SELECT r.hostname, r.version, r."primary", extract(epoch FROM clock_timestamp() - r.updated_at) AS age
FROM replicas AS r
WHERE r.stopped_at IS NULL
ORDER BY r.updated_at DESC
LIMIT 200
