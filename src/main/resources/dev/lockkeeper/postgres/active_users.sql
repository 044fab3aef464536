-- How many people were seen in the last hour?
SELECT count(*) AS users FROM users AS u WHERE u.last_seen_at > now() - interval '1 hour' AND NOT u.deleted
