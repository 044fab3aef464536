-- How many API keys are there, and how many expired so long ago that an upgrade purges them?
SELECT count(*) AS total, count(*) FILTER (WHERE k.expires_at < now() - interval '7 days') AS expired
FROM api_keys AS k
