-- key: incident_id
CREATE VIEW analytics.incident_ledger AS
WITH blame AS (
    -- Sorted after they are gathered: an ordered aggregate takes several times as long.
    SELECT incident_id,
        list_sort(list({
            'start_char': start_char, 'attribution_id': attribution_id, 'attributing': coalesce(attributing_iso3, attributing_name),
            'attributed': coalesce(attributed_iso3, attributed_name), 'stance': stance, 'hedge_cue': hedge_cue
        })) AS attributions
    FROM main.incident_attributions
    GROUP BY incident_id
)
SELECT i.incident_id, a.title, i.incident_type, i.name, i.realis, i.perpetrators, i.targets, i.responders, b.attributions, i.location_iso3,
    i.occurred_edtf, i.occurred_from, i.occurred_to, coalesce(i.occurred_from, a.published_from) AS dated_on, a.published_edtf, a.publishers,
    i.quote, i.perpetrator_iso3, i.target_iso3, i.article_id
FROM main.incidents AS i
JOIN main.articles AS a USING (article_id)
LEFT JOIN blame AS b USING (incident_id);

COMMENT ON VIEW analytics.incident_ledger IS
    'One readable row per incident: what was done or threatened, by whom to whom, who blames whom, when, in which words';
COMMENT ON COLUMN analytics.incident_ledger.attributions IS
    'Who blames whom for it and how firmly, in the order of the text; NULL if nobody blames anybody. Countries by code, others by name';
COMMENT ON COLUMN analytics.incident_ledger.dated_on IS 'First day on which it may have happened, or else day of publication';
