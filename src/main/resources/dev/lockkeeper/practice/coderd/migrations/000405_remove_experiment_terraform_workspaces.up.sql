ALTER TABLE templates DROP COLUMN use_terraform_workspace_cache;
