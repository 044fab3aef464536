-- How many ordinary sessions does this database take?
SELECT d.datconnlimit AS connections FROM pg_database AS d WHERE d.datname = ?
