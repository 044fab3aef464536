CREATE INDEX idx_aibridge_interceptions_started_id_desc ON aibridge_interceptions (started_at DESC, id DESC);
CREATE INDEX idx_aibridge_interceptions_provider ON aibridge_interceptions (provider);
