ALTER TABLE oauth2_provider_apps ALTER COLUMN registration_access_token TYPE bytea USING registration_access_token::bytea;
