-- takes 1 s on a database of some size
CREATE INDEX idx_provisioner_jobs_status ON provisioner_jobs (job_status);
