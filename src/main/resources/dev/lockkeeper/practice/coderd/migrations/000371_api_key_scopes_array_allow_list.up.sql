-- takes 6 s on a database of some size
DELETE FROM api_keys WHERE expires_at < now() - interval '7 days';
CREATE TYPE api_key_scopes AS ENUM ('coder:all', 'coder:application_connect', 'workspace:read', 'workspace:ssh', 'template:read', 'user:read_personal');
ALTER TABLE api_keys ADD COLUMN scopes api_key_scopes[];
ALTER TABLE api_keys ADD COLUMN allow_list text[];
UPDATE api_keys
SET scopes = ARRAY[CASE scope WHEN 'application_connect' THEN 'coder:application_connect' ELSE 'coder:all' END::api_key_scopes],
  allow_list = '{*:*}';
ALTER TABLE api_keys ALTER COLUMN scopes SET NOT NULL;
ALTER TABLE api_keys ALTER COLUMN allow_list SET NOT NULL;
ALTER TABLE api_keys DROP COLUMN scope;
DROP TYPE api_key_scope;
ALTER TYPE api_key_scopes RENAME TO api_key_scope;
