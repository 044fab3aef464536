-- Is this still the prepared transaction that was seen, and how is its rollback written? The server itself quotes the identifier.
SELECT p.owner, p.prepared::text AS prepared_at,
       p.owner = w.owner AND p.prepared = w.prepared AS same,
       format('ROLLBACK PREPARED %L', p.gid) AS command
FROM (SELECT ?::text AS gid, ?::text AS owner, ?::timestamptz AS prepared) AS w
JOIN pg_prepared_xacts AS p ON p.gid = w.gid AND p.database = current_database()
