-- What the pooled sessions of a replica do. One block for a session, one line for a statement.
-- :n is a random number from 1 to 999, :seconds is how long a build takes.

-- every 900 ms
SELECT id, hashed_secret, user_id, last_used, expires_at, created_at, updated_at, login_type, lifetime_seconds, ip_address, token_name FROM api_keys WHERE id = 'k' || lpad((:n * 4 + 1)::text, 9, '0') LIMIT 1
UPDATE api_keys SET last_used = now(), expires_at = now() + interval '30 days', ip_address = '10.0.0.1' WHERE id = 'k' || lpad((:n * 4 + 1)::text, 9, '0')

-- every 1300 ms
SELECT id, email, username, status, rbac_roles, login_type, avatar_url, deleted, last_seen_at, name FROM users WHERE id = md5('user' || :n)::uuid LIMIT 1
UPDATE users SET last_seen_at = now(), updated_at = now() WHERE id = md5('user' || 1 + :n % 14)::uuid

-- every 1100 ms
SELECT id, created_at, updated_at, name, first_connected_at, last_connected_at, disconnected_at, resource_id, auth_token, lifecycle_state FROM workspace_agents WHERE auth_token = md5('token' || 29960 + :n % 40)::uuid
UPDATE workspace_agents SET last_connected_at = now(), updated_at = now() WHERE id = md5('agent' || 29961 + :n % 40)::uuid

-- every 2000 ms
SELECT id FROM provisioner_jobs WHERE started_at IS NULL ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED
UPDATE provisioner_jobs SET completed_at = now(), updated_at = now() WHERE completed_at IS NULL AND started_at < now() - :seconds * interval '1 second'

-- every 2500 ms
UPDATE tailnet_coordinators SET heartbeat_at = now() WHERE id = md5('coordinator' || 1 + :n % 3)::uuid
SELECT pg_notify('tailnet_coordinator_heartbeat', md5('coordinator' || 1 + :n % 3))
