-- key: attributed_iso3, stance, incident_type
CREATE VIEW analytics.attributed_incidents AS
SELECT t.attributed_iso3, t.stance, i.incident_type, count(DISTINCT incident_id) AS incidents, count(DISTINCT i.article_id) AS articles,
    coalesce(list_sort(list_distinct(list(t.attributing_iso3) FILTER (t.attributing_iso3 IS NOT NULL))), []) AS attributing_iso3,
    min(coalesce(i.occurred_from, a.published_from)) AS first_dated_on, max(coalesce(i.occurred_from, a.published_from)) AS last_dated_on
FROM main.incident_attributions AS t
JOIN main.incidents AS i USING (incident_id)
JOIN main.articles AS a USING (article_id)
WHERE t.attributed_iso3 IS NOT NULL
GROUP BY ALL;

COMMENT ON VIEW analytics.attributed_incidents IS
    'What a country is blamed for: one row per attributed country, stance and type of incident, with the countries that blame it';
COMMENT ON COLUMN analytics.attributed_incidents.incidents IS 'Incidents of that type, each as one article reports it';
COMMENT ON COLUMN analytics.attributed_incidents.articles IS 'Articles that report them';
COMMENT ON COLUMN analytics.attributed_incidents.attributing_iso3 IS 'Countries that take this stance, in order of the alphabet; empty if none does';
COMMENT ON COLUMN analytics.attributed_incidents.first_dated_on IS 'First day on which one of them may have happened, or else day of publication';
COMMENT ON COLUMN analytics.attributed_incidents.last_dated_on IS 'The same day of the last of them';
