SELECT t.attribution_id AS id, t.incident_id, i.article_id, t.quote, t.start_char, t.end_char, t.attributing_name, t.attributing_iso3,
    t.attributed_name, t.attributed_iso3, t.stance, t.hedge_cue, t.basis, t.initiator_category, i.incident_type, i.name AS incident_name,
    a.published_edtf AS edtf, a.published_from AS dated_on, s.is_new, s.place
FROM main.incident_attributions AS t
JOIN main.incidents AS i USING (incident_id)
JOIN shown AS s USING (article_id)
JOIN main.articles AS a USING (article_id)
WHERE s.place <= $n
ORDER BY dated_on DESC NULLS LAST, s.place, t.start_char, t.end_char, t.attribution_id;
