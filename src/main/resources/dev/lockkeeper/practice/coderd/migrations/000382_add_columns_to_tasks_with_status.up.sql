DROP VIEW tasks_with_status;
CREATE VIEW tasks_with_status AS
SELECT tasks.*, CASE WHEN workspace_id IS NULL THEN 'pending' ELSE 'active' END::task_status AS status, workspace_build_number, workspace_agent_id, workspace_app_id
FROM tasks LEFT JOIN task_workspace_apps ON task_workspace_apps.task_id = tasks.id WHERE deleted_at IS NULL;
