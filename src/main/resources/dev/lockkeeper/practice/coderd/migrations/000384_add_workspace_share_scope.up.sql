ALTER TYPE api_key_scope ADD VALUE IF NOT EXISTS 'workspace:share';
