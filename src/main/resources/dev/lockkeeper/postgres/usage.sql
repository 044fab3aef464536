-- Who would notice an interruption?
SELECT (SELECT count(*) FROM users AS u WHERE u.last_seen_at > now() - interval '1 hour' AND NOT u.deleted) AS active_users,
       (SELECT count(*) FROM workspace_agents AS a WHERE a.last_connected_at > now() - interval '1 minute') AS connected_agents,
       count(*) FILTER (WHERE j.started_at IS NOT NULL) AS running_jobs,
       count(*) FILTER (WHERE j.started_at IS NULL) AS pending_jobs
FROM provisioner_jobs AS j
WHERE j.completed_at IS NULL AND j.canceled_at IS NULL
