CREATE UNIQUE INDEX tasks_owner_id_name_unique_idx ON tasks (owner_id, lower(name)) WHERE deleted_at IS NULL;
