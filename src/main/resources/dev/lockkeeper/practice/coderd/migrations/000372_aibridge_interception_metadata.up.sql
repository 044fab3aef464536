ALTER TABLE aibridge_interceptions ADD COLUMN metadata jsonb;
