-- Through which other databases could our role reach this server? The usual one first; template1 last, because nobody can create a
-- database while somebody is in it.
SELECT d.datname AS name
FROM pg_database AS d
WHERE d.datname <> ?
  AND d.datallowconn
  AND d.datconnlimit <> 0
  AND has_database_privilege(d.oid, 'CONNECT')
ORDER BY d.datname = 'postgres' DESC, d.datname = 'template1', d.datname
LIMIT 10
