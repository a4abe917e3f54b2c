CREATE VIEW analytics.incident_ledger AS
WITH parties AS (
    SELECT incident_id,
        list(coalesce(iso3, name) ORDER BY party_no) FILTER (role = 'perpetrator') AS perpetrators,
        list(coalesce(iso3, name) ORDER BY party_no) FILTER (role = 'target') AS targets,
        list(coalesce(iso3, name) ORDER BY party_no) FILTER (role = 'responder') AS responders
    FROM main.incident_parties
    GROUP BY incident_id
),
blame AS (
    SELECT incident_id,
        list({
            'attributing': coalesce(attributing_iso3, attributing_name), 'attributed': coalesce(attributed_iso3, attributed_name),
            'stance': stance, 'hedge_cue': hedge_cue
        } ORDER BY start_char, attribution_id) AS attributions
    FROM main.incident_attributions
    GROUP BY incident_id
)
SELECT i.incident_id, a.title, i.incident_type, i.name, i.realis, p.perpetrators, p.targets, p.responders, b.attributions, i.location_iso3,
    i.occurred_edtf, i.occurred_from, i.occurred_to, coalesce(i.occurred_from, a.published_from) AS dated_on, a.published_edtf, a.publishers,
    i.quote, i.article_id
FROM main.incidents AS i
JOIN main.articles AS a USING (article_id)
LEFT JOIN parties AS p USING (incident_id)
LEFT JOIN blame AS b USING (incident_id);

COMMENT ON VIEW analytics.incident_ledger IS
    'One readable row per incident: what was done or threatened, by whom to whom, who blames whom, when, in which words. dated_on is the day it happened or else the day of publication';

CREATE VIEW analytics.attribution_matrix AS
SELECT coalesce(t.attributing_iso3, t.attributing_name, '(nobody named)') AS attributing, coalesce(t.attributed_iso3, t.attributed_name, '(unknown)') AS attributed,
    count(*) FILTER (stance = 'asserted') AS asserted,
    count(*) FILTER (stance = 'hedged') AS hedged,
    count(*) FILTER (stance = 'denied') AS denied,
    count(*) FILTER (stance = 'contested') AS contested,
    count(*) AS attributions,
    count(DISTINCT i.article_id) AS articles
FROM main.incident_attributions AS t
JOIN main.incidents AS i USING (incident_id)
GROUP BY ALL;

COMMENT ON VIEW analytics.attribution_matrix IS
    'Who blames whom how often: one row per attributing and attributed country (or name, where no country is known), attributions counted by stance';
