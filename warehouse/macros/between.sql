CREATE MACRO analytics.between(a, b) AS TABLE
WITH found AS (
    SELECT article_id, made_from AS day, 'commitment' AS kind, speech_act AS what, stage AS status, commitment_id AS evidence_id, quote,
        list_contains(actor_iso3, a) AS is_a, list_contains(actor_iso3, b) AS is_b
    FROM main.commitments
    WHERE list_contains(actor_iso3, a) AND (list_contains(recipient_iso3, b) OR list_contains(actor_iso3, b))
    OR list_contains(actor_iso3, b) AND list_contains(recipient_iso3, a)
    UNION ALL
    SELECT article_id, occurred_from, 'incident', incident_type, realis, incident_id, quote, list_contains(perpetrator_iso3, a),
        list_contains(perpetrator_iso3, b)
    FROM main.incidents
    WHERE list_contains(perpetrator_iso3, a) AND list_contains(target_iso3, b) OR list_contains(perpetrator_iso3, b) AND list_contains(target_iso3, a)
    UNION ALL
    SELECT i.article_id, i.occurred_from, 'attribution', i.incident_type, t.stance, t.attribution_id, t.quote, t.attributing_iso3 = a,
        t.attributing_iso3 = b
    FROM main.incident_attributions AS t JOIN main.incidents AS i USING (incident_id)
    WHERE (t.attributing_iso3 = a AND t.attributed_iso3 = b) OR (t.attributing_iso3 = b AND t.attributed_iso3 = a)
)
SELECT coalesce(f.day, s.published_from) AS dated_on, CASE WHEN is_a AND is_b THEN a || ' and ' || b WHEN is_a THEN a || ' to ' || b ELSE b || ' to ' || a END AS direction,
    f.kind, f.what, f.status, f.quote, s.title, f.evidence_id, article_id
FROM found AS f JOIN main.articles AS s USING (article_id)
ORDER BY dated_on NULLS LAST, kind, evidence_id;

COMMENT ON MACRO TABLE analytics.between IS
    'between(a, b): what passed between two countries, by ISO 3166-1 alpha-3 code, oldest first: commitments, incidents, attributions, with their sentences';
