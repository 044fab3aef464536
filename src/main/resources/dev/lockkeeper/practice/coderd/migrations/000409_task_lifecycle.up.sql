ALTER TYPE build_reason ADD VALUE IF NOT EXISTS 'task_auto_pause';
ALTER TYPE build_reason ADD VALUE IF NOT EXISTS 'task_manual_pause';
ALTER TYPE build_reason ADD VALUE IF NOT EXISTS 'task_resume';
CREATE TABLE task_snapshots (
  task_id uuid NOT NULL PRIMARY KEY REFERENCES tasks (id) ON DELETE CASCADE,
  log_snapshot jsonb NOT NULL,
  log_snapshot_created_at timestamptz NOT NULL DEFAULT now()
);
