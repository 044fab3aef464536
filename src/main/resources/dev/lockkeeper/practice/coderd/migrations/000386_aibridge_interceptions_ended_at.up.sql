ALTER TABLE aibridge_interceptions ADD COLUMN ended_at timestamptz;
