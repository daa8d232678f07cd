-- Results in DuckDB: duckdb <duckdb.sql, where result.csv, an earlier
-- yesterday.csv and the vehicle master fleet.csv (vin, model, region) are.
-- A fleet with ids of digits only must be told that they are text.
CREATE TABLE result AS
FROM read_csv('result.csv', types = {'client_id': 'VARCHAR'});
CREATE TABLE yesterday AS
FROM read_csv('yesterday.csv', types = {'client_id': 'VARCHAR'});
CREATE TABLE fleet AS FROM read_csv('fleet.csv', types = {'vin': 'VARCHAR'});

-- How many of each model are online, offline, unknown?
SELECT model, count(*) FILTER (WHERE online) AS online,
       count(*) FILTER (WHERE NOT online) AS offline,
       count(*) FILTER (WHERE online IS NULL) AS unknown
FROM (SELECT DISTINCT client_id, online FROM result) AS now
JOIN (SELECT DISTINCT vin, model FROM fleet) AS master ON vin = client_id
GROUP BY model ORDER BY model;

-- Which came online or went offline since yesterday?
SELECT DISTINCT client_id,
       CASE WHEN result.online THEN 'came_online' ELSE 'went_offline' END
FROM result JOIN yesterday USING (client_id)
WHERE result.online <> yesterday.online ORDER BY client_id;

-- As Parquet, and read back from there.
COPY result TO 'result.parquet' (FORMAT parquet, COMPRESSION zstd);
SELECT count(*), count(online) FROM 'result.parquet';
