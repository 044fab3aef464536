-- The same by the planner's estimate, where counting takes too long: each plan's first line says how many rows it expects.
EXPLAIN SELECT FROM api_keys;
EXPLAIN SELECT FROM api_keys AS k WHERE k.expires_at < now() - interval '7 days'
