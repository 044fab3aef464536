DELETE FROM aibridge_token_usages WHERE interception_id NOT IN (SELECT id FROM aibridge_interceptions);
DELETE FROM aibridge_interceptions WHERE initiator_id NOT IN (SELECT id FROM users);
ALTER TABLE aibridge_interceptions ADD CONSTRAINT aibridge_interceptions_initiator_id_fkey FOREIGN KEY (initiator_id) REFERENCES users (id);
