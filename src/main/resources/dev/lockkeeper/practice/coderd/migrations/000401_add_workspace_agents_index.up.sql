-- takes 2.5 s on a database of some size
CREATE INDEX workspace_agents_auth_instance_id_deleted_idx ON workspace_agents (auth_instance_id, deleted);
