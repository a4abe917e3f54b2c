CREATE VIEW analytics.country_activity AS
WITH mentions AS (
    SELECT iso3, count(*) AS mentions, count(DISTINCT article_id) AS articles FROM main.country_mentions GROUP BY iso3
),
undertaken AS (
    SELECT iso3,
        count(DISTINCT commitment_id) FILTER (role = 'actor') AS commitments_made,
        count(DISTINCT commitment_id) FILTER (role = 'recipient') AS commitments_received
    FROM main.commitment_parties WHERE iso3 IS NOT NULL GROUP BY iso3
),
happened AS (
    SELECT iso3,
        count(DISTINCT incident_id) FILTER (role = 'perpetrator') AS incidents_as_perpetrator,
        count(DISTINCT incident_id) FILTER (role = 'target') AS incidents_as_target
    FROM main.incident_parties WHERE iso3 IS NOT NULL GROUP BY iso3
),
blamed AS (
    SELECT attributed_iso3 AS iso3, count(*) AS times_blamed FROM main.incident_attributions
    WHERE attributed_iso3 IS NOT NULL AND stance <> 'denied' GROUP BY attributed_iso3
)
SELECT c.iso3, c.name, c.un_region, coalesce(m.articles, 0) AS articles, coalesce(m.mentions, 0) AS mentions,
    coalesce(u.commitments_made, 0) AS commitments_made, coalesce(u.commitments_received, 0) AS commitments_received,
    coalesce(h.incidents_as_perpetrator, 0) AS incidents_as_perpetrator, coalesce(h.incidents_as_target, 0) AS incidents_as_target,
    coalesce(b.times_blamed, 0) AS times_blamed
FROM main.countries AS c
LEFT JOIN mentions AS m USING (iso3)
LEFT JOIN undertaken AS u USING (iso3)
LEFT JOIN happened AS h USING (iso3)
LEFT JOIN blamed AS b USING (iso3)
WHERE m.articles > 0 OR u.iso3 IS NOT NULL OR h.iso3 IS NOT NULL OR b.iso3 IS NOT NULL;

COMMENT ON VIEW analytics.country_activity IS
    'One row per country that any article names: articles, mentions, commitments made and received, incidents, how often it is blamed';
