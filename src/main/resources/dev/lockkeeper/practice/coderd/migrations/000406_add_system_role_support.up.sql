ALTER TABLE custom_roles ADD COLUMN is_system boolean NOT NULL DEFAULT false;
ALTER TABLE custom_roles ADD COLUMN member_permissions jsonb NOT NULL DEFAULT '[]';
