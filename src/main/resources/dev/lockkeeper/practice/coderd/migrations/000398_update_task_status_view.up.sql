DROP VIEW tasks_with_status;
CREATE VIEW tasks_with_status AS
SELECT tasks.*, CASE WHEN workspace_id IS NULL THEN 'pending' ELSE 'active' END::task_status AS status, workspace_build_number, workspace_agent_id, workspace_app_id, visible_users.username AS owner_username
FROM tasks LEFT JOIN task_workspace_apps ON task_workspace_apps.task_id = tasks.id LEFT JOIN visible_users ON visible_users.id = tasks.owner_id WHERE deleted_at IS NULL;
