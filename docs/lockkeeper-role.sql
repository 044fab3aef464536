-- The least rights with which Lockkeeper sees everything and can end sessions: two roles to be granted to people.
-- Run it in Coder's database, as a superuser or the provider's administrator; it may be run again, and in several databases.
--   psql -d coder -f docs/lockkeeper-role.sql
-- Afterwards:  CREATE ROLE alice LOGIN IN ROLE lockkeeper_reader;   \password alice
-- If Coder's tables are not in the schema public, change that name below. What each grant is for: docs/SQL_ROLE.md

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles AS r WHERE r.rolname = 'lockkeeper_reader') THEN
    CREATE ROLE lockkeeper_reader NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles AS r WHERE r.rolname = 'lockkeeper_actor') THEN
    CREATE ROLE lockkeeper_actor NOLOGIN;
  END IF;
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO lockkeeper_reader', current_database());
END
$$;

-- Who reads.
GRANT pg_monitor TO lockkeeper_reader;
GRANT USAGE ON SCHEMA public TO lockkeeper_reader;
GRANT SELECT ON public.schema_migrations TO lockkeeper_reader;
GRANT SELECT (hostname, version, "primary", updated_at, stopped_at) ON public.replicas TO lockkeeper_reader;
GRANT SELECT (last_seen_at, deleted) ON public.users TO lockkeeper_reader;
GRANT SELECT (last_connected_at) ON public.workspace_agents TO lockkeeper_reader;
GRANT SELECT (started_at, completed_at, canceled_at) ON public.provisioner_jobs TO lockkeeper_reader;
GRANT SELECT (expires_at) ON public.api_keys TO lockkeeper_reader;

-- Who also ends sessions: everybody's but superusers'.
GRANT lockkeeper_reader TO lockkeeper_actor;
GRANT pg_signal_backend TO lockkeeper_actor;
