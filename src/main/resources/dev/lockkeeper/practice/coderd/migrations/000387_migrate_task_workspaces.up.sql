-- takes 1.5 s on a database of some size
INSERT INTO tasks (organization_id, owner_id, name, workspace_id, template_version_id, prompt, created_at)
SELECT workspaces.organization_id, workspaces.owner_id, workspaces.name, workspaces.id, workspace_builds.template_version_id, '', workspaces.created_at
FROM workspaces JOIN workspace_builds ON workspace_builds.workspace_id = workspaces.id
WHERE workspace_builds.has_ai_task AND NOT workspaces.deleted;
