-- takes 1.5 s on a database of some size
CREATE INDEX idx_workspace_builds_initiator_id ON workspace_builds (initiator_id);
