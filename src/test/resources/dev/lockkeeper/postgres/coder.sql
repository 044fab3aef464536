-- As much of Coder's schema as is read here.
CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);
INSERT INTO schema_migrations VALUES (362, false);
CREATE TABLE workspaces (id int PRIMARY KEY, name text);
INSERT INTO workspaces VALUES (1, 'dev');
CREATE TABLE users (id int PRIMARY KEY, last_seen_at timestamptz, deleted boolean NOT NULL DEFAULT false);
INSERT INTO users VALUES (1, now(), false), (2, now() - interval '3 hours', false), (3, now(), true);
CREATE TABLE workspace_agents (id int PRIMARY KEY, last_connected_at timestamptz);
INSERT INTO workspace_agents VALUES (1, now()), (2, now() - interval '1 day'), (3, NULL);
CREATE TABLE provisioner_jobs (id int PRIMARY KEY, started_at timestamptz, completed_at timestamptz, canceled_at timestamptz);
INSERT INTO provisioner_jobs VALUES (1, now(), NULL, NULL), (2, NULL, NULL, NULL), (3, NULL, NULL, NULL), (4, now(), now(), NULL), (5, now(), NULL, now());
CREATE TABLE replicas (hostname text, version text, "primary" boolean, updated_at timestamptz, stopped_at timestamptz);
INSERT INTO replicas VALUES ('coder-7d9-x2k', 'v2.26.6', true, now() - interval '4 s', NULL), ('proxy-1', 'v2.26.6', false, now(), NULL), ('coder-old', 'v2.26.6', true, now(), now());
CREATE TABLE api_keys (id int PRIMARY KEY, expires_at timestamptz NOT NULL);
INSERT INTO api_keys SELECT i, now() + interval '372 hours' - i * interval '1 day' FROM generate_series(1, 40) AS i;
