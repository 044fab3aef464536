-- The same by the planner's statistics, where counting takes too long: it reads none of the table and waits for no lock on it. No row where
-- the table was never analysed.
SELECT c.reltuples::bigint AS total,
       (c.reltuples * coalesce(
         (SELECT sum(f.freq) FROM unnest(s.most_common_vals::text::timestamptz[], s.most_common_freqs) AS f (val, freq) WHERE f.val < now() - interval '7 days'), 0)
       + c.reltuples * (1 - coalesce(s.null_frac, 0) - coalesce((SELECT sum(f.freq) FROM unnest(s.most_common_freqs) AS f (freq)), 0)) * coalesce(
         (SELECT avg((b.bound < now() - interval '7 days')::int) FROM unnest(s.histogram_bounds::text::timestamptz[]) AS b (bound)), 0))::bigint AS expired
FROM pg_class AS c
LEFT JOIN pg_stats AS s ON s.schemaname = current_schema() AND s.tablename = c.relname AND s.attname = 'expires_at'
WHERE c.relname = 'api_keys'
  AND c.relkind IN ('r', 'p')
  AND c.relnamespace = to_regnamespace(quote_ident(current_schema()))
  AND c.reltuples > 0
