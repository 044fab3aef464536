ALTER TABLE aibridge_interceptions ADD COLUMN api_key_id text;
