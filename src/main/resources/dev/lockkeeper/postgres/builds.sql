-- Which builds would a stop cut off or delay?
SELECT count(*) FILTER (WHERE j.started_at IS NOT NULL) AS running,
       count(*) FILTER (WHERE j.started_at IS NULL) AS pending
FROM provisioner_jobs AS j
WHERE j.completed_at IS NULL AND j.canceled_at IS NULL
