DROP VIEW workspaces_expanded;
CREATE VIEW workspaces_expanded AS
SELECT workspaces.*, visible_users.username AS owner_username, visible_users.avatar_url AS owner_avatar_url, tasks.id AS task_id, '{}'::jsonb AS group_acl_display_info, '{}'::jsonb AS user_acl_display_info
FROM workspaces JOIN visible_users ON visible_users.id = workspaces.owner_id
LEFT JOIN tasks ON tasks.workspace_id = workspaces.id;
