-- key: iso3
CREATE VIEW analytics.country_activity AS
WITH named AS (SELECT iso3, count(*) AS mentions FROM main.country_mentions GROUP BY iso3),
told AS (SELECT iso3, count(*) AS articles FROM (SELECT unnest(mentioned_iso3) AS iso3 FROM main.articles) GROUP BY iso3),
made AS (SELECT iso3, count(*) AS commitments_made FROM (SELECT unnest(actor_iso3) AS iso3 FROM main.commitments) GROUP BY iso3),
received AS (SELECT iso3, count(*) AS commitments_received FROM (SELECT unnest(recipient_iso3) AS iso3 FROM main.commitments) GROUP BY iso3),
did AS (SELECT iso3, count(*) AS incidents_as_perpetrator FROM (SELECT unnest(perpetrator_iso3) AS iso3 FROM main.incidents) GROUP BY iso3),
suffered AS (SELECT iso3, count(*) AS incidents_as_target FROM (SELECT unnest(target_iso3) AS iso3 FROM main.incidents) GROUP BY iso3),
blamed AS (
    SELECT attributed_iso3 AS iso3, count(*) AS times_blamed FROM main.incident_attributions
    WHERE attributed_iso3 IS NOT NULL AND stance <> 'denied' GROUP BY attributed_iso3
)
SELECT c.iso3, c.name, c.un_region, coalesce(articles, 0) AS articles, coalesce(mentions, 0) AS mentions,
    coalesce(commitments_made, 0) AS commitments_made, coalesce(commitments_received, 0) AS commitments_received,
    coalesce(incidents_as_perpetrator, 0) AS incidents_as_perpetrator, coalesce(incidents_as_target, 0) AS incidents_as_target,
    coalesce(times_blamed, 0) AS times_blamed
FROM main.countries AS c
LEFT JOIN named USING (iso3)
LEFT JOIN told USING (iso3)
LEFT JOIN made USING (iso3)
LEFT JOIN received USING (iso3)
LEFT JOIN did USING (iso3)
LEFT JOIN suffered USING (iso3)
LEFT JOIN blamed USING (iso3)
WHERE coalesce(articles, commitments_made, commitments_received, incidents_as_perpetrator, incidents_as_target, times_blamed) > 0;

COMMENT ON VIEW analytics.country_activity IS
    'One row per country that any article names: articles, mentions, commitments made and received, incidents, how often it is blamed';
COMMENT ON COLUMN analytics.country_activity.articles IS 'Articles that name it';
COMMENT ON COLUMN analytics.country_activity.mentions IS 'Times it is named, by name, adjective, capital or abbreviation';
COMMENT ON COLUMN analytics.country_activity.commitments_made IS 'Commitments of which it is an actor';
COMMENT ON COLUMN analytics.country_activity.commitments_received IS 'Commitments of which it is a recipient';
COMMENT ON COLUMN analytics.country_activity.incidents_as_perpetrator IS 'Incidents that it did, or is said to have done';
COMMENT ON COLUMN analytics.country_activity.incidents_as_target IS 'Incidents of which it is a target';
COMMENT ON COLUMN analytics.country_activity.times_blamed IS 'Attributions to it that are not denied';
