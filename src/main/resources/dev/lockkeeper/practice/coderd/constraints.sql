-- Keys and indexes, made when the rows are there because that is faster.
-- A statement ends with a semicolon at the end of a line.

ALTER TABLE organizations ADD PRIMARY KEY (id);
ALTER TABLE users ADD PRIMARY KEY (id);
ALTER TABLE organization_members ADD PRIMARY KEY (organization_id, user_id);
ALTER TABLE groups ADD PRIMARY KEY (id);
ALTER TABLE group_members ADD UNIQUE (user_id, group_id);
ALTER TABLE custom_roles ADD CONSTRAINT custom_roles_unique_key PRIMARY KEY (name);
ALTER TABLE api_keys ADD PRIMARY KEY (id);
ALTER TABLE files ADD PRIMARY KEY (id);
ALTER TABLE templates ADD PRIMARY KEY (id);
ALTER TABLE template_versions ADD PRIMARY KEY (id);
ALTER TABLE template_version_presets ADD PRIMARY KEY (id);
ALTER TABLE provisioner_daemons ADD PRIMARY KEY (id);
ALTER TABLE provisioner_jobs ADD PRIMARY KEY (id);
ALTER TABLE provisioner_job_logs ADD PRIMARY KEY (id);
ALTER TABLE workspaces ADD PRIMARY KEY (id);
ALTER TABLE workspace_builds ADD PRIMARY KEY (id);
ALTER TABLE workspace_builds ADD UNIQUE (workspace_id, build_number);
ALTER TABLE workspace_resources ADD PRIMARY KEY (id);
ALTER TABLE workspace_agents ADD PRIMARY KEY (id);
ALTER TABLE workspace_apps ADD PRIMARY KEY (id);
ALTER TABLE workspace_app_statuses ADD PRIMARY KEY (id);
ALTER TABLE workspace_agent_stats ADD CONSTRAINT agent_stats_pkey PRIMARY KEY (id);
ALTER TABLE replicas ADD PRIMARY KEY (id);
ALTER TABLE audit_logs ADD PRIMARY KEY (id);
ALTER TABLE connection_logs ADD PRIMARY KEY (id);
ALTER TABLE notification_templates ADD PRIMARY KEY (id);
ALTER TABLE notification_messages ADD PRIMARY KEY (id);
ALTER TABLE oauth2_provider_apps ADD PRIMARY KEY (id);
ALTER TABLE licenses ADD PRIMARY KEY (id);
ALTER TABLE crypto_keys ADD PRIMARY KEY (feature, sequence);
ALTER TABLE site_configs ADD PRIMARY KEY (key);
ALTER TABLE usage_events_daily ADD PRIMARY KEY (day, event_type);
ALTER TABLE tailnet_coordinators ADD PRIMARY KEY (id);
ALTER TABLE tailnet_peers ADD PRIMARY KEY (id, coordinator_id);
ALTER TABLE tailnet_tunnels ADD PRIMARY KEY (coordinator_id, src_id, dst_id);
ALTER TABLE tailnet_agents ADD PRIMARY KEY (id, coordinator_id);
ALTER TABLE tailnet_clients ADD PRIMARY KEY (id, coordinator_id);

CREATE UNIQUE INDEX idx_users_username ON users (username) WHERE deleted = false;
CREATE INDEX idx_api_keys_user ON api_keys (user_id);
CREATE INDEX idx_audit_logs_time_desc ON audit_logs ("time" DESC);
CREATE INDEX idx_connection_logs_connect_time_desc ON connection_logs (connect_time DESC);
CREATE INDEX provisioner_jobs_started_at_idx ON provisioner_jobs (started_at) WHERE started_at IS NULL;
CREATE INDEX provisioner_job_logs_id_job_id_idx ON provisioner_job_logs (job_id, id);
CREATE INDEX workspace_agents_auth_token_idx ON workspace_agents (auth_token);
CREATE INDEX workspace_agents_resource_id_idx ON workspace_agents (resource_id);
CREATE INDEX workspace_resources_job_id_idx ON workspace_resources (job_id);
CREATE INDEX workspaces_owner_id_lower_idx ON workspaces (owner_id, lower(name)) WHERE deleted = false;

ALTER TABLE api_keys ADD CONSTRAINT api_keys_user_id_uuid_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;
ALTER TABLE workspaces ADD CONSTRAINT workspaces_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users (id);
ALTER TABLE workspaces ADD CONSTRAINT workspaces_template_id_fkey FOREIGN KEY (template_id) REFERENCES templates (id);
ALTER TABLE workspace_builds ADD CONSTRAINT workspace_builds_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces (id) ON DELETE CASCADE;
ALTER TABLE workspace_builds ADD CONSTRAINT workspace_builds_job_id_fkey FOREIGN KEY (job_id) REFERENCES provisioner_jobs (id) ON DELETE CASCADE;
ALTER TABLE workspace_agents ADD CONSTRAINT workspace_agents_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES workspace_resources (id) ON DELETE CASCADE;
