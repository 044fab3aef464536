-- Which cluster is this, across restarts? Some managed services do not let everybody ask.
SELECT system_identifier AS id FROM pg_control_system()
