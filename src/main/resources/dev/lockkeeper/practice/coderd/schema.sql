-- The part of Coder's schema 362 (release line 2.26) that an upgrade is about.
-- Names and types are Coder's; constraints and indexes come after the rows, in constraints.sql.
-- A statement ends with a semicolon at the end of a line.

CREATE TYPE user_status AS ENUM ('active', 'suspended', 'dormant');
CREATE TYPE login_type AS ENUM ('password', 'github', 'oidc', 'token', 'none', 'oauth2_provider_app');
CREATE TYPE api_key_scope AS ENUM ('all', 'application_connect');
CREATE TYPE group_source AS ENUM ('user', 'oidc');
CREATE TYPE provisioner_type AS ENUM ('echo', 'terraform');
CREATE TYPE provisioner_storage_method AS ENUM ('file');
CREATE TYPE provisioner_job_type AS ENUM ('template_version_import', 'workspace_build', 'template_version_dry_run');
CREATE TYPE provisioner_job_status AS ENUM ('pending', 'running', 'succeeded', 'canceling', 'canceled', 'failed', 'unknown');
CREATE TYPE log_level AS ENUM ('trace', 'debug', 'info', 'warn', 'error');
CREATE TYPE log_source AS ENUM ('provisioner_daemon', 'provisioner');
CREATE TYPE workspace_transition AS ENUM ('start', 'stop', 'delete');
CREATE TYPE build_reason AS ENUM ('initiator', 'autostart', 'autostop', 'dormancy', 'failedstop', 'autodelete', 'dashboard', 'cli', 'ssh_connection', 'vscode_connection', 'jetbrains_connection');
CREATE TYPE workspace_agent_lifecycle_state AS ENUM ('created', 'starting', 'start_timeout', 'start_error', 'ready', 'shutting_down', 'shutdown_timeout', 'shutdown_error', 'off');
CREATE TYPE workspace_app_health AS ENUM ('disabled', 'initializing', 'healthy', 'unhealthy');
CREATE TYPE workspace_app_status_state AS ENUM ('working', 'complete', 'failure', 'idle');
CREATE TYPE app_sharing_level AS ENUM ('owner', 'authenticated', 'organization', 'public');
CREATE TYPE audit_action AS ENUM ('create', 'write', 'delete', 'start', 'stop', 'login', 'logout', 'register');
CREATE TYPE resource_type AS ENUM ('organization', 'template', 'template_version', 'user', 'workspace', 'git_ssh_key', 'api_key', 'group', 'workspace_build', 'license');
CREATE TYPE connection_type AS ENUM ('ssh', 'vscode', 'jetbrains', 'reconnecting_pty', 'workspace_app', 'port_forwarding');
CREATE TYPE notification_method AS ENUM ('smtp', 'webhook', 'inbox');
CREATE TYPE notification_message_status AS ENUM ('pending', 'leased', 'sent', 'permanent_failure', 'temporary_failure', 'unknown', 'inhibited');
CREATE TYPE notification_template_kind AS ENUM ('system');
CREATE TYPE crypto_key_feature AS ENUM ('workspace_apps_token', 'workspace_apps_api_key', 'oidc_convert', 'tailnet_resume');
CREATE TYPE tailnet_status AS ENUM ('ok', 'lost');

CREATE TABLE schema_migrations (version bigint NOT NULL PRIMARY KEY, dirty boolean NOT NULL);
INSERT INTO schema_migrations VALUES (362, false);

CREATE TABLE organizations (
  id uuid NOT NULL, name text NOT NULL, description text NOT NULL, created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL, is_default boolean NOT NULL DEFAULT false, display_name text NOT NULL,
  icon text NOT NULL DEFAULT '', deleted boolean NOT NULL DEFAULT false);

CREATE TABLE users (
  id uuid NOT NULL, email text NOT NULL, username text NOT NULL DEFAULT '', hashed_password bytea NOT NULL,
  created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, status user_status NOT NULL DEFAULT 'dormant',
  rbac_roles text[] NOT NULL DEFAULT '{}', login_type login_type NOT NULL DEFAULT 'password',
  avatar_url text NOT NULL DEFAULT '', deleted boolean NOT NULL DEFAULT false,
  last_seen_at timestamp NOT NULL DEFAULT '0001-01-01 00:00:00', quiet_hours_schedule text NOT NULL DEFAULT '',
  name text NOT NULL DEFAULT '', github_com_user_id bigint, hashed_one_time_passcode bytea,
  one_time_passcode_expires_at timestamptz, is_system boolean NOT NULL DEFAULT false);

CREATE TABLE organization_members (
  user_id uuid NOT NULL, organization_id uuid NOT NULL, created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL, roles text[] NOT NULL DEFAULT '{}');

CREATE TABLE groups (
  id uuid NOT NULL, name text NOT NULL, organization_id uuid NOT NULL, avatar_url text NOT NULL DEFAULT '',
  quota_allowance integer NOT NULL DEFAULT 0, display_name text NOT NULL DEFAULT '',
  source group_source NOT NULL DEFAULT 'user');

CREATE TABLE group_members (user_id uuid NOT NULL, group_id uuid NOT NULL);

CREATE TABLE custom_roles (
  name text NOT NULL, display_name text NOT NULL, site_permissions jsonb NOT NULL DEFAULT '[]',
  org_permissions jsonb NOT NULL DEFAULT '{}', user_permissions jsonb NOT NULL DEFAULT '[]',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  organization_id uuid, id uuid NOT NULL DEFAULT gen_random_uuid());

CREATE TABLE api_keys (
  id text NOT NULL, hashed_secret bytea NOT NULL, user_id uuid NOT NULL, last_used timestamptz NOT NULL,
  expires_at timestamptz NOT NULL, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
  login_type login_type NOT NULL, lifetime_seconds bigint NOT NULL DEFAULT 86400,
  ip_address inet NOT NULL DEFAULT '0.0.0.0', scope api_key_scope NOT NULL DEFAULT 'all',
  token_name text NOT NULL DEFAULT '');

CREATE TABLE files (
  hash varchar(64) NOT NULL, created_at timestamptz NOT NULL, created_by uuid NOT NULL,
  mimetype varchar(64) NOT NULL, data bytea NOT NULL, id uuid NOT NULL DEFAULT gen_random_uuid());

CREATE TABLE templates (
  id uuid NOT NULL, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, organization_id uuid NOT NULL,
  deleted boolean NOT NULL DEFAULT false, name varchar(64) NOT NULL, provisioner provisioner_type NOT NULL,
  active_version_id uuid NOT NULL, description varchar(128) NOT NULL DEFAULT '',
  default_ttl bigint NOT NULL DEFAULT 604800000000000, created_by uuid NOT NULL, icon varchar(256) NOT NULL DEFAULT '',
  user_acl jsonb NOT NULL DEFAULT '{}', group_acl jsonb NOT NULL DEFAULT '{}', display_name varchar(64) NOT NULL DEFAULT '',
  max_port_sharing_level app_sharing_level NOT NULL DEFAULT 'owner', use_classic_parameter_flow boolean NOT NULL DEFAULT false);

CREATE TABLE template_versions (
  id uuid NOT NULL, template_id uuid, organization_id uuid NOT NULL, created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL, name varchar(64) NOT NULL, readme varchar(1048576) NOT NULL, job_id uuid NOT NULL,
  created_by uuid NOT NULL, message varchar(1048576) NOT NULL DEFAULT '', archived boolean NOT NULL DEFAULT false,
  source_example_id text, has_ai_task boolean, has_external_agent boolean);

CREATE TABLE template_version_presets (
  id uuid NOT NULL DEFAULT gen_random_uuid(), template_version_id uuid NOT NULL, name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(), desired_instances integer, invalidate_after_secs integer DEFAULT 0,
  is_default boolean NOT NULL DEFAULT false, description varchar(128) NOT NULL DEFAULT '',
  icon varchar(256) NOT NULL DEFAULT '');

CREATE TABLE provisioner_daemons (
  id uuid NOT NULL, created_at timestamptz NOT NULL, name varchar(64) NOT NULL, provisioners provisioner_type[] NOT NULL,
  replica_id uuid, tags jsonb NOT NULL DEFAULT '{}', last_seen_at timestamptz, version text NOT NULL DEFAULT '',
  api_version text NOT NULL DEFAULT '1.0', organization_id uuid NOT NULL, key_id uuid NOT NULL);

CREATE TABLE provisioner_jobs (
  id uuid NOT NULL, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, started_at timestamptz,
  canceled_at timestamptz, completed_at timestamptz, error text, organization_id uuid NOT NULL,
  initiator_id uuid NOT NULL, provisioner provisioner_type NOT NULL, storage_method provisioner_storage_method NOT NULL,
  type provisioner_job_type NOT NULL, input jsonb NOT NULL, worker_id uuid, file_id uuid NOT NULL,
  tags jsonb NOT NULL DEFAULT '{"scope": "organization"}', error_code text, trace_metadata jsonb,
  job_status provisioner_job_status NOT NULL GENERATED ALWAYS AS (
    CASE
      WHEN error <> '' THEN 'failed'::provisioner_job_status
      WHEN completed_at IS NOT NULL AND canceled_at IS NOT NULL THEN 'canceled'
      WHEN completed_at IS NOT NULL THEN 'succeeded'
      WHEN canceled_at IS NOT NULL THEN 'canceling'
      WHEN started_at IS NULL THEN 'pending'
      ELSE 'running'
    END) STORED,
  logs_length integer NOT NULL DEFAULT 0, logs_overflowed boolean NOT NULL DEFAULT false);

CREATE TABLE provisioner_job_logs (
  job_id uuid NOT NULL, created_at timestamptz NOT NULL, source log_source NOT NULL, level log_level NOT NULL,
  stage varchar(128) NOT NULL, output varchar(1024) NOT NULL, id bigserial NOT NULL);

CREATE TABLE workspaces (
  id uuid NOT NULL, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, owner_id uuid NOT NULL,
  organization_id uuid NOT NULL, template_id uuid NOT NULL, deleted boolean NOT NULL DEFAULT false,
  name varchar(64) NOT NULL, autostart_schedule text, ttl bigint,
  last_used_at timestamptz NOT NULL DEFAULT '0001-01-01 00:00:00+00', dormant_at timestamptz, deleting_at timestamptz,
  favorite boolean NOT NULL DEFAULT false, next_start_at timestamptz, group_acl jsonb NOT NULL DEFAULT '{}',
  user_acl jsonb NOT NULL DEFAULT '{}');

CREATE TABLE workspace_builds (
  id uuid NOT NULL, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, workspace_id uuid NOT NULL,
  template_version_id uuid NOT NULL, build_number integer NOT NULL, transition workspace_transition NOT NULL,
  initiator_id uuid NOT NULL, provisioner_state bytea, job_id uuid NOT NULL,
  deadline timestamptz NOT NULL DEFAULT '0001-01-01 00:00:00+00', reason build_reason NOT NULL DEFAULT 'initiator',
  daily_cost integer NOT NULL DEFAULT 0, max_deadline timestamptz NOT NULL DEFAULT '0001-01-01 00:00:00+00',
  template_version_preset_id uuid, has_ai_task boolean, ai_task_sidebar_app_id uuid, has_external_agent boolean,
  CONSTRAINT workspace_builds_ai_task_sidebar_app_id_required
    CHECK (((has_ai_task IS NULL OR has_ai_task = false) AND ai_task_sidebar_app_id IS NULL)
      OR (has_ai_task = true AND ai_task_sidebar_app_id IS NOT NULL)));

CREATE TABLE workspace_resources (
  id uuid NOT NULL, created_at timestamptz NOT NULL, job_id uuid NOT NULL, transition workspace_transition NOT NULL,
  type varchar(192) NOT NULL, name varchar(64) NOT NULL, hide boolean NOT NULL DEFAULT false,
  icon varchar(256) NOT NULL DEFAULT '', instance_type varchar(256), daily_cost integer NOT NULL DEFAULT 0, module_path text);

CREATE TABLE workspace_agents (
  id uuid NOT NULL, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, name varchar(64) NOT NULL,
  first_connected_at timestamptz, last_connected_at timestamptz, disconnected_at timestamptz, resource_id uuid NOT NULL,
  auth_token uuid NOT NULL, auth_instance_id varchar, architecture varchar(64) NOT NULL, operating_system varchar(64) NOT NULL,
  directory varchar(4096) NOT NULL DEFAULT '', version text NOT NULL DEFAULT '', last_connected_replica_id uuid,
  connection_timeout_seconds integer NOT NULL DEFAULT 0, lifecycle_state workspace_agent_lifecycle_state NOT NULL DEFAULT 'created',
  logs_length integer NOT NULL DEFAULT 0, started_at timestamptz, ready_at timestamptz, api_version text NOT NULL DEFAULT '',
  parent_id uuid, deleted boolean NOT NULL DEFAULT false);

CREATE TABLE workspace_apps (
  id uuid NOT NULL, created_at timestamptz NOT NULL, agent_id uuid NOT NULL, display_name varchar(64) NOT NULL,
  icon varchar(256) NOT NULL, command varchar(65534), url varchar(65534), healthcheck_url text NOT NULL DEFAULT '',
  health workspace_app_health NOT NULL DEFAULT 'disabled', subdomain boolean NOT NULL DEFAULT false,
  sharing_level app_sharing_level NOT NULL DEFAULT 'owner', slug text NOT NULL, external boolean NOT NULL DEFAULT false,
  hidden boolean NOT NULL DEFAULT false, display_group text);

CREATE TABLE workspace_app_statuses (
  id uuid NOT NULL DEFAULT gen_random_uuid(), created_at timestamptz NOT NULL DEFAULT now(), agent_id uuid NOT NULL,
  app_id uuid NOT NULL, workspace_id uuid NOT NULL, state workspace_app_status_state NOT NULL, message text NOT NULL, uri text);

CREATE TABLE workspace_agent_stats (
  id uuid NOT NULL, created_at timestamptz NOT NULL, user_id uuid NOT NULL, agent_id uuid NOT NULL,
  workspace_id uuid NOT NULL, template_id uuid NOT NULL, connection_count bigint NOT NULL DEFAULT 0,
  rx_bytes bigint NOT NULL DEFAULT 0, tx_bytes bigint NOT NULL DEFAULT 0,
  connection_median_latency_ms double precision NOT NULL DEFAULT -1, session_count_vscode bigint NOT NULL DEFAULT 0,
  session_count_ssh bigint NOT NULL DEFAULT 0, usage boolean NOT NULL DEFAULT false);

CREATE TABLE replicas (
  id uuid NOT NULL, created_at timestamptz NOT NULL, started_at timestamptz NOT NULL, stopped_at timestamptz,
  updated_at timestamptz NOT NULL, hostname text NOT NULL, region_id integer NOT NULL, relay_address text NOT NULL,
  database_latency integer NOT NULL, version text NOT NULL, error text NOT NULL DEFAULT '', "primary" boolean NOT NULL DEFAULT true);

CREATE TABLE audit_logs (
  id uuid NOT NULL, "time" timestamptz NOT NULL, user_id uuid NOT NULL, organization_id uuid NOT NULL, ip inet,
  user_agent varchar(256), resource_type resource_type NOT NULL, resource_id uuid NOT NULL, resource_target text NOT NULL,
  action audit_action NOT NULL, diff jsonb NOT NULL, status_code integer NOT NULL, additional_fields jsonb NOT NULL,
  request_id uuid NOT NULL, resource_icon text NOT NULL);

CREATE TABLE connection_logs (
  id uuid NOT NULL, connect_time timestamptz NOT NULL, organization_id uuid NOT NULL, workspace_owner_id uuid NOT NULL,
  workspace_id uuid NOT NULL, workspace_name text NOT NULL, agent_name text NOT NULL, type connection_type NOT NULL,
  ip inet NOT NULL, code integer, user_agent text, user_id uuid, slug_or_port text, connection_id uuid,
  disconnect_time timestamptz, disconnect_reason text);

CREATE TABLE notification_templates (
  id uuid NOT NULL, name text NOT NULL, title_template text NOT NULL, body_template text NOT NULL, actions jsonb,
  "group" text, method notification_method, kind notification_template_kind NOT NULL DEFAULT 'system',
  enabled_by_default boolean NOT NULL DEFAULT true);

CREATE TABLE notification_messages (
  id uuid NOT NULL, notification_template_id uuid NOT NULL, user_id uuid NOT NULL, method notification_method NOT NULL,
  status notification_message_status NOT NULL DEFAULT 'pending', status_reason text, created_by text NOT NULL,
  payload jsonb NOT NULL, attempt_count integer DEFAULT 0, targets uuid[], created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz, leased_until timestamptz, next_retry_after timestamptz, queued_seconds double precision, dedupe_hash text);

CREATE TABLE oauth2_provider_apps (
  id uuid NOT NULL, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, name varchar(64) NOT NULL,
  icon varchar(256) NOT NULL, callback_url text NOT NULL, client_type text DEFAULT 'confidential',
  registration_access_token text);

CREATE TABLE licenses (
  id serial NOT NULL, uploaded_at timestamptz NOT NULL, jwt text NOT NULL, exp timestamptz NOT NULL, uuid uuid NOT NULL);

CREATE TABLE crypto_keys (
  feature crypto_key_feature NOT NULL, sequence integer NOT NULL, secret text, secret_key_id text,
  starts_at timestamptz NOT NULL, deletes_at timestamptz);

CREATE TABLE site_configs (key varchar(256) NOT NULL, value text NOT NULL);

CREATE TABLE usage_events_daily (day date NOT NULL, event_type text NOT NULL, usage_data jsonb NOT NULL);

CREATE TABLE tailnet_coordinators (id uuid NOT NULL, heartbeat_at timestamptz NOT NULL);
CREATE TABLE tailnet_peers (
  id uuid NOT NULL, coordinator_id uuid NOT NULL, updated_at timestamptz NOT NULL, node bytea NOT NULL,
  status tailnet_status NOT NULL DEFAULT 'ok');
CREATE TABLE tailnet_tunnels (coordinator_id uuid NOT NULL, src_id uuid NOT NULL, dst_id uuid NOT NULL, updated_at timestamptz NOT NULL);
CREATE TABLE tailnet_agents (id uuid NOT NULL, coordinator_id uuid NOT NULL, updated_at timestamptz NOT NULL, node jsonb NOT NULL);
CREATE TABLE tailnet_clients (id uuid NOT NULL, coordinator_id uuid NOT NULL, updated_at timestamptz NOT NULL, node jsonb NOT NULL);
CREATE TABLE tailnet_client_subscriptions (client_id uuid NOT NULL, coordinator_id uuid NOT NULL, agent_id uuid NOT NULL, updated_at timestamptz NOT NULL);

CREATE VIEW visible_users AS SELECT id, username, name, avatar_url FROM users;
CREATE VIEW workspaces_expanded AS
  SELECT workspaces.*, visible_users.username AS owner_username, visible_users.avatar_url AS owner_avatar_url
  FROM workspaces JOIN visible_users ON visible_users.id = workspaces.owner_id;
