COMMENT ON COLUMN api_keys.scopes IS 'What the key may be used for.';
