ALTER TABLE workspace_builds DROP COLUMN ai_task_sidebar_app_id;
