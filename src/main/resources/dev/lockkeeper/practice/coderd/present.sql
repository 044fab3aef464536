-- What is going on when a practice begins, however long ago the other rows were made.
-- A statement ends with a semicolon at the end of a line.

UPDATE users SET last_seen_at = now() - n * interval '40 seconds' FROM generate_series(1, 14) n WHERE id = md5('user' || n)::uuid;
UPDATE workspace_agents SET last_connected_at = now() - (n % 30) * interval '1 second'
FROM generate_series(29961, 30000) n WHERE id = md5('agent' || n)::uuid;
UPDATE provisioner_daemons SET last_seen_at = now();
UPDATE tailnet_coordinators SET heartbeat_at = now();

-- Builds that are on their way when the practice begins; the replicas finish them.
UPDATE provisioner_jobs SET created_at = now() - n * interval '20 seconds', started_at = now() - n * interval '20 seconds', completed_at = NULL, updated_at = now(), error = NULL
FROM generate_series(1, 3) n WHERE id = md5('job' || 30001 - n)::uuid;
