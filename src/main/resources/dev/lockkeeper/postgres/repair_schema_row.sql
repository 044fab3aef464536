-- Sets the number of the dirty row that was seen, and says that it is clean.
UPDATE :schema.schema_migrations SET version = ?, dirty = false WHERE version = ? AND dirty
