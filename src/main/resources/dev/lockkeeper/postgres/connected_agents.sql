-- How many workspace agents were connected in the last minute?
SELECT count(*) AS agents FROM workspace_agents AS a WHERE a.last_connected_at > now() - interval '1 minute'
