-- takes 1.5 s on a database of some size
UPDATE api_keys SET allow_list = '{*:*}' WHERE cardinality(allow_list) = 0;
ALTER TABLE api_keys ADD CONSTRAINT api_keys_allow_list_not_empty CHECK (cardinality(allow_list) > 0);
