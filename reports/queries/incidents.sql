-- dated_on is what rows are ordered by. Nothing is reported before it was done: a later date is one to come, and the row stands where its article does.
SELECT i.incident_id AS id, i.article_id, i.quote, i.start_char, i.end_char, i.incident_type, i.name, i.realis, i.location_iso3,
    i.occurred_edtf AS edtf, CASE WHEN a.published_to < i.occurred_from THEN a.published_from ELSE coalesce(i.occurred_from, a.published_from) END AS dated_on, s.is_new, s.place
FROM main.incidents AS i
JOIN shown AS s USING (article_id)
JOIN main.articles AS a USING (article_id)
WHERE s.place <= $n
ORDER BY dated_on DESC NULLS LAST, s.place, i.start_char, i.end_char, i.incident_id;
