-- Results in PostgreSQL: psql -f postgresql.sql, where result.csv, an earlier
-- yesterday.csv and the vehicle master fleet.csv (vin, model, region) are.
CREATE TABLE result (
    client_id   text,           -- NULL: the row had no id
    online      boolean,        -- NULL: unknown, see error
    error       text,           -- NULL: answered
    http_status integer,
    attempts    integer,
    latency_ms  numeric(12, 3),
    checked_at  timestamptz
);
CREATE TABLE yesterday (LIKE result);
CREATE TABLE fleet (vin text, model text, region text);
\copy result FROM 'result.csv' WITH (FORMAT csv, HEADER)
\copy yesterday FROM 'yesterday.csv' WITH (FORMAT csv, HEADER)
\copy fleet FROM 'fleet.csv' WITH (FORMAT csv, HEADER)

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
