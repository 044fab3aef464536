-- takes 1 s on a database of some size
DELETE FROM task_workspace_apps;
ALTER TABLE task_workspace_apps DROP COLUMN workspace_build_id, ADD COLUMN workspace_build_number integer NOT NULL;
ALTER TABLE task_workspace_apps ADD PRIMARY KEY (task_id, workspace_build_number);
CREATE INDEX tasks_workspace_id_idx ON tasks (workspace_id);
CREATE TYPE task_status AS ENUM ('pending', 'initializing', 'active', 'paused', 'unknown', 'error');
CREATE VIEW tasks_with_status AS
SELECT tasks.*, CASE WHEN workspace_id IS NULL THEN 'pending' ELSE 'active' END::task_status AS status
FROM tasks WHERE deleted_at IS NULL;
