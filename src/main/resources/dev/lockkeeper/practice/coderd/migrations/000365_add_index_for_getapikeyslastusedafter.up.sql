-- takes 2 s on a database of some size
CREATE INDEX idx_api_keys_last_used ON api_keys (last_used DESC);
