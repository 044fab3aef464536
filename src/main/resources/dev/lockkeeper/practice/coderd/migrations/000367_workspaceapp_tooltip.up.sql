ALTER TABLE workspace_apps ADD COLUMN tooltip varchar(2048) NOT NULL DEFAULT '';
