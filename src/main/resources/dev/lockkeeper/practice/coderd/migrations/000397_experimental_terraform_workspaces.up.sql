ALTER TABLE templates ADD COLUMN use_terraform_workspace_cache boolean NOT NULL DEFAULT false;
