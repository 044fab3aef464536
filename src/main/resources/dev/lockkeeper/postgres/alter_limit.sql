-- Lets this database take so many ordinary sessions.
ALTER DATABASE :database CONNECTION LIMIT :connections
