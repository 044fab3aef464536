-- A company that has used Coder for two years. Identifiers follow from numbers, so that a row can be found again.
-- These rows are made once and copied for up to a week, so times are of before: what is going on now is in present.sql.
-- A statement ends with a semicolon at the end of a line.

INSERT INTO organizations (id, name, description, created_at, updated_at, is_default, display_name)
VALUES (md5('organization1')::uuid, 'coder', 'Builtin default organization.', now() - interval '800 days', now(), true, 'Coder');

INSERT INTO users (id, email, username, hashed_password, created_at, updated_at, status, rbac_roles, login_type, last_seen_at, name)
SELECT md5('user' || n)::uuid, 'user' || n || '@example.com', 'user' || n, ''::bytea, now() - interval '700 days', now(),
  CASE WHEN n % 12 = 0 THEN 'dormant' ELSE 'active' END::user_status, CASE WHEN n <= 2 THEN '{owner}'::text[] ELSE '{}' END, 'oidc',
  now() - n * interval '3 hours' - interval '1 day', 'User ' || n
FROM generate_series(1, 1200) n;

INSERT INTO organization_members (user_id, organization_id, created_at, updated_at)
SELECT id, md5('organization1')::uuid, created_at, updated_at FROM users;

INSERT INTO groups (id, name, organization_id, quota_allowance)
SELECT md5('group' || n)::uuid, 'team-' || n, md5('organization1')::uuid, 20 FROM generate_series(1, 12) n;

INSERT INTO group_members SELECT md5('user' || n)::uuid, md5('group' || 1 + n % 12)::uuid FROM generate_series(1, 1200) n;

INSERT INTO custom_roles (name, display_name, organization_id)
SELECT 'role-' || n, 'Role ' || n, md5('organization1')::uuid FROM generate_series(1, 3) n;

INSERT INTO files (hash, created_at, created_by, mimetype, data, id)
VALUES (md5('file1'), now() - interval '600 days', md5('user1')::uuid, 'application/x-tar', ''::bytea, md5('file1')::uuid);

INSERT INTO templates (id, created_at, updated_at, organization_id, name, provisioner, active_version_id, created_by, display_name)
SELECT md5('template' || n)::uuid, now() - interval '600 days', now(), md5('organization1')::uuid, 'template-' || n, 'terraform',
  md5('version' || n * 10)::uuid, md5('user1')::uuid, 'Template ' || n
FROM generate_series(1, 24) n;

INSERT INTO template_versions (id, template_id, organization_id, created_at, updated_at, name, readme, job_id, created_by)
SELECT md5('version' || n)::uuid, md5('template' || 1 + (n - 1) / 10)::uuid, md5('organization1')::uuid, now() - (241 - n) * interval '2 days', now(),
  'v' || n, '', md5('import' || n)::uuid, md5('user1')::uuid
FROM generate_series(1, 240) n;

INSERT INTO template_version_presets (id, template_version_id, name, desired_instances)
SELECT md5('preset' || n)::uuid, md5('version' || n * 10)::uuid, 'Standard', 1 FROM generate_series(1, 24) n;

INSERT INTO provisioner_daemons (id, created_at, name, provisioners, last_seen_at, version, organization_id, key_id)
SELECT md5('daemon' || n)::uuid, now() - interval '40 days', 'provisioner-' || n, '{terraform}', now(), 'v2.26.6', md5('organization1')::uuid, md5('key')::uuid
FROM generate_series(1, 6) n;

INSERT INTO provisioner_jobs (id, created_at, updated_at, started_at, completed_at, organization_id, initiator_id, provisioner, storage_method, type, input, worker_id, file_id)
SELECT md5('import' || n)::uuid, at, at, at, at + interval '30 seconds', md5('organization1')::uuid, md5('user1')::uuid, 'terraform', 'file',
  'template_version_import', '{}', md5('daemon1')::uuid, md5('file1')::uuid
FROM generate_series(1, 240) n, LATERAL (SELECT now() - (241 - n) * interval '2 days' AS at) t;

INSERT INTO provisioner_jobs (id, created_at, updated_at, started_at, completed_at, error, organization_id, initiator_id, provisioner, storage_method, type, input, worker_id, file_id)
SELECT md5('job' || n)::uuid, at, at, at, at + interval '50 seconds', CASE WHEN n % 97 = 0 THEN 'exit status 1' END, md5('organization1')::uuid,
  md5('user' || 1 + n % 1200)::uuid, 'terraform', 'file', 'workspace_build', '{}', md5('daemon' || 1 + n % 6)::uuid, md5('file1')::uuid
FROM generate_series(1, 30000) n, LATERAL (SELECT now() - (30001 - n) * interval '20 minutes' AS at) t;

INSERT INTO workspaces (id, created_at, updated_at, owner_id, organization_id, template_id, deleted, name, ttl, last_used_at)
SELECT md5('workspace' || n)::uuid, now() - (3001 - n) * interval '5 hours', now(), md5('user' || 1 + n % 1200)::uuid, md5('organization1')::uuid,
  md5('template' || 1 + n % 24)::uuid, n % 5 = 0, 'workspace-' || n, 28800000000000, now() - (n % 400) * interval '1 hour'
FROM generate_series(1, 3000) n;

INSERT INTO workspace_builds (id, created_at, updated_at, workspace_id, template_version_id, build_number, transition, initiator_id, job_id, has_ai_task)
SELECT md5('build' || n)::uuid, at, at, md5('workspace' || 1 + n % 3000)::uuid, md5('version' || 1 + n % 240)::uuid, 1 + (n - 1) / 3000,
  CASE WHEN (n - 1) / 3000 % 2 = 0 THEN 'stop' ELSE 'start' END::workspace_transition, md5('user' || 1 + n % 1200)::uuid, md5('job' || n)::uuid, false
FROM generate_series(1, 30000) n, LATERAL (SELECT now() - (30001 - n) * interval '20 minutes' AS at) t;

INSERT INTO workspace_resources (id, created_at, job_id, transition, type, name)
SELECT md5('resource' || n)::uuid, now() - (30001 - n) * interval '20 minutes', md5('job' || n)::uuid, 'start', 'kubernetes_deployment', 'main'
FROM generate_series(22001, 30000) n;

INSERT INTO workspace_agents (id, created_at, updated_at, name, first_connected_at, last_connected_at, resource_id, auth_token, architecture, operating_system, version, lifecycle_state)
SELECT md5('agent' || n)::uuid, at, at, 'main', at, at, md5('resource' || n)::uuid,
  md5('token' || n)::uuid, 'amd64', 'linux', 'v2.26.6', CASE WHEN n > 29960 THEN 'ready' ELSE 'off' END::workspace_agent_lifecycle_state
FROM generate_series(22001, 30000) n, LATERAL (SELECT now() - (30001 - n) * interval '20 minutes' AS at) t;

INSERT INTO workspace_apps (id, created_at, agent_id, display_name, icon, slug)
SELECT md5('app' || n)::uuid, now(), md5('agent' || n)::uuid, 'code-server', '', 'code-server' FROM generate_series(22001, 30000) n;

INSERT INTO workspace_app_statuses (agent_id, app_id, workspace_id, state, message)
SELECT md5('agent' || n)::uuid, md5('app' || n)::uuid, md5('workspace' || 1 + n % 3000)::uuid, 'idle', 'Waiting' FROM generate_series(28001, 30000) n;

INSERT INTO workspace_agent_stats (id, created_at, user_id, agent_id, workspace_id, template_id, connection_count, rx_bytes, tx_bytes)
SELECT md5('stat' || n)::uuid, now() - (n % 1440) * interval '1 minute', md5('user' || 1 + n % 1200)::uuid, md5('agent' || 22001 + n % 8000)::uuid,
  md5('workspace' || 1 + n % 3000)::uuid, md5('template' || 1 + n % 24)::uuid, n % 3, n * 100, n * 50
FROM generate_series(1, 15000) n;

-- Of these 120,000 keys, 30,000 expired more than a week ago and were never swept.
INSERT INTO api_keys (id, hashed_secret, user_id, last_used, expires_at, created_at, updated_at, login_type, lifetime_seconds, token_name)
SELECT 'k' || lpad(n::text, 9, '0'), decode(md5('secret' || n) || md5(n::text), 'hex'), md5('user' || 1 + n % 1200)::uuid, now() - (n % 300) * interval '1 hour',
  CASE WHEN n % 4 = 0 THEN now() - interval '8 days' - (n % 200) * interval '1 day' ELSE now() + (1 + n % 90) * interval '1 day' END,
  now() - interval '300 days', now() - interval '30 days', CASE WHEN n % 3 = 0 THEN 'token' ELSE 'oidc' END::login_type, 2592000,
  CASE WHEN n % 3 = 0 THEN 'token-' || n ELSE '' END
FROM generate_series(1, 120000) n;

INSERT INTO audit_logs (id, "time", user_id, organization_id, ip, user_agent, resource_type, resource_id, resource_target, action, diff, status_code, additional_fields, request_id, resource_icon)
SELECT md5('audit' || n)::uuid, now() - (40001 - n) * interval '12 minutes', md5('user' || 1 + n % 1200)::uuid, md5('organization1')::uuid, '10.0.0.1', '',
  'workspace', md5('workspace' || 1 + n % 3000)::uuid, 'workspace-' || 1 + n % 3000, CASE WHEN n % 2 = 0 THEN 'start' ELSE 'stop' END::audit_action, '{}', 200, '{}',
  md5('request' || n)::uuid, ''
FROM generate_series(1, 40000) n;

INSERT INTO connection_logs (id, connect_time, organization_id, workspace_owner_id, workspace_id, workspace_name, agent_name, type, ip)
SELECT md5('connection' || n)::uuid, now() - (15001 - n) * interval '9 minutes', md5('organization1')::uuid, md5('user' || 1 + n % 1200)::uuid,
  md5('workspace' || 1 + n % 3000)::uuid, 'workspace-' || 1 + n % 3000, 'main', 'ssh', '10.0.0.1'
FROM generate_series(1, 15000) n;

INSERT INTO provisioner_job_logs (job_id, created_at, source, level, stage, output)
SELECT md5('job' || 30000 - n % 5000)::uuid, now() - interval '1 day', 'provisioner', 'info', 'Applying', 'Creation complete' FROM generate_series(1, 20000) n;

INSERT INTO notification_templates (id, name, title_template, body_template, "group")
SELECT md5('notification' || n)::uuid, 'Notification ' || n, 'Title ' || n, 'Body ' || n, CASE WHEN n > 24 THEN 'Task Events' ELSE 'Workspace Events' END
FROM generate_series(1, 28) n;

INSERT INTO notification_messages (id, notification_template_id, user_id, method, status, created_by, payload)
SELECT md5('message' || n)::uuid, md5('notification' || 1 + n % 28)::uuid, md5('user' || 1 + n % 1200)::uuid, 'smtp', 'sent', 'enqueuer', '{}'
FROM generate_series(1, 4000) n;

INSERT INTO oauth2_provider_apps (id, created_at, updated_at, name, icon, callback_url)
SELECT md5('oauth' || n)::uuid, now(), now(), 'app-' || n, '', 'https://app-' || n || '.example.com/callback' FROM generate_series(1, 3) n;

INSERT INTO licenses (uploaded_at, jwt, exp, uuid) VALUES (now() - interval '200 days', 'practice', now() + interval '165 days', md5('license')::uuid);

INSERT INTO crypto_keys (feature, sequence, secret, starts_at)
SELECT feature, n, 'practice', now() - (3 - n) * interval '30 days' FROM generate_series(1, 2) n, unnest(enum_range(NULL::crypto_key_feature)) feature;

INSERT INTO site_configs VALUES ('deployment_id', md5('deployment')::uuid::text), ('default_proxy_display_name', 'Primary');

INSERT INTO usage_events_daily SELECT (now() - n * interval '1 day')::date, 'dc_managed_agents_v1', '{"count": 3}' FROM generate_series(1, 60) n;

INSERT INTO tailnet_coordinators SELECT md5('coordinator' || n)::uuid, now() FROM generate_series(1, 3) n;
INSERT INTO tailnet_peers SELECT md5('agent' || 30001 - n)::uuid, md5('coordinator' || 1 + n % 3)::uuid, now(), '\x00' FROM generate_series(1, 2000) n;
INSERT INTO tailnet_tunnels SELECT md5('coordinator' || 1 + n % 3)::uuid, md5('client' || n)::uuid, md5('agent' || 30001 - n)::uuid, now() FROM generate_series(1, 2000) n;
INSERT INTO tailnet_clients SELECT md5('client' || n)::uuid, md5('coordinator1')::uuid, now() - interval '300 days', '{}' FROM generate_series(1, 200) n;
