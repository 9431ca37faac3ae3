-- # Help in psql
-- @ help
-- "What was that function called?" `%` stands for any letters; without an argument everything is listed.
SELECT * FROM help('%risk%');
-- @ help
-- "And what does it take?"
SELECT * FROM help('g_test');
