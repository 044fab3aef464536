-- Who has Coder's migration lock and has begun to change tables. Asked from another database.
SELECT lock.pid, host(session.client_addr),
  EXISTS (SELECT FROM pg_locks wanted WHERE wanted.pid = lock.pid AND NOT wanted.granted),
  EXISTS (
    SELECT FROM pg_locks behind
    WHERE behind.locktype = 'advisory' AND NOT behind.granted AND behind.database = lock.database
      AND behind.classid = lock.classid AND behind.objid = lock.objid)
FROM pg_locks lock
JOIN pg_stat_activity session ON session.pid = lock.pid
WHERE lock.locktype = 'advisory' AND lock.granted
  AND lock.classid = 241551044 AND lock.objid = 1626191913 AND lock.objsubid = 1
  AND session.datname = ?
  AND EXISTS (
    SELECT FROM pg_locks own
    WHERE own.pid = lock.pid AND own.locktype = 'relation' AND own.mode = 'AccessExclusiveLock')
