-- key: kind, evidence_id, relation, from_iso3, to_iso3
CREATE VIEW analytics.pair_timeline AS
WITH pairs AS (
    SELECT article_id, made_from AS day, 'commitment' AS kind, speech_act AS what, stage AS status, 'towards' AS relation,
        unnest(actor_iso3) AS from_iso3, recipient_iso3 AS others, commitment_id AS evidence_id
    FROM main.commitments WHERE recipient_iso3 <> []
    UNION ALL
    SELECT article_id, made_from, 'commitment', speech_act, stage, 'together', unnest(actor_iso3), actor_iso3, commitment_id
    FROM main.commitments WHERE len(actor_iso3) > 1
    UNION ALL
    SELECT article_id, occurred_from, 'incident', incident_type, realis, 'towards', unnest(perpetrator_iso3), target_iso3, incident_id
    FROM main.incidents WHERE target_iso3 <> []
    UNION ALL
    SELECT i.article_id, i.occurred_from, 'attribution', i.incident_type, t.stance, 'towards', t.attributing_iso3, [t.attributed_iso3], t.attribution_id
    FROM main.incident_attributions AS t JOIN main.incidents AS i USING (incident_id)
    WHERE t.attributing_iso3 IS NOT NULL AND t.attributed_iso3 IS NOT NULL
),
directed AS (SELECT * EXCLUDE (others), unnest(others) AS to_iso3 FROM pairs)
SELECT coalesce(p.day, a.published_from) AS dated_on, p.from_iso3, p.to_iso3, p.relation, p.kind, p.what, p.status, p.evidence_id, article_id
FROM directed AS p
JOIN main.articles AS a USING (article_id)
WHERE p.from_iso3 <> p.to_iso3 AND (p.relation = 'towards' OR p.from_iso3 < p.to_iso3);

COMMENT ON VIEW analytics.pair_timeline IS
    'What passed between two countries: one row per commitment, incident or attribution and pair of countries. analytics.between(a, b) gives one pair with titles and sentences';
COMMENT ON COLUMN analytics.pair_timeline.dated_on IS 'First day on which it may have been made or have happened, or else day of publication';
COMMENT ON COLUMN analytics.pair_timeline.from_iso3 IS 'Who undertakes, who did it or is said to have, who blames. unit: ISO 3166-1 alpha-3';
COMMENT ON COLUMN analytics.pair_timeline.to_iso3 IS 'Towards whom, to whom, who is blamed. unit: ISO 3166-1 alpha-3';
COMMENT ON COLUMN analytics.pair_timeline.relation IS 'towards: the first acts, the second is acted upon; together: both undertake it, in order of the alphabet';
COMMENT ON COLUMN analytics.pair_timeline.kind IS 'commitment, incident or attribution';
COMMENT ON COLUMN analytics.pair_timeline.what IS 'Speech act of a commitment; type of the incident';
COMMENT ON COLUMN analytics.pair_timeline.status IS 'Stage of a commitment, realis of an incident, stance of an attribution';
COMMENT ON COLUMN analytics.pair_timeline.evidence_id IS 'Id of the commitment, incident or attribution, for analytics.evidence(id)';
COMMENT ON COLUMN analytics.pair_timeline.article_id IS 'The story. unit: 16 hex digits';
