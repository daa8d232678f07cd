-- Results in SQLite: sqlite3 fleet.db <sqlite.sql, where result.csv, an earlier
-- yesterday.csv and the vehicle master fleet.csv (vin, model, region) are.
-- .import makes text of everything: online is 'true', 'false' or ''.
.import --csv result.csv result
.import --csv yesterday.csv yesterday
.import --csv fleet.csv fleet
.mode csv

-- How many of each model are online, offline, unknown?
SELECT model, sum(online = 'true'), sum(online = 'false'), sum(online = '')
FROM (SELECT DISTINCT client_id, online FROM result)
JOIN (SELECT DISTINCT vin, model FROM fleet) ON vin = client_id
WHERE client_id <> '' GROUP BY model ORDER BY model;

-- Which came online or went offline since yesterday?
SELECT DISTINCT client_id,
       CASE result.online WHEN 'true' THEN 'came_online' ELSE 'went_offline' END
FROM result JOIN yesterday USING (client_id)
WHERE result.online <> yesterday.online
  AND result.error = '' AND yesterday.error = '' ORDER BY client_id;
