CREATE TABLE telemetry_locks (
  event_type text NOT NULL CONSTRAINT telemetry_lock_event_type_constraint CHECK (event_type IN ('aibridge_interceptions_summary')),
  period_ending_at timestamptz NOT NULL,
  PRIMARY KEY (event_type, period_ending_at)
);
