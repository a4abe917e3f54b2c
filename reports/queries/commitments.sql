-- dated_on is what rows are ordered by. Nothing is reported before it was done: a later date is one to come, and the row stands where its article does.
SELECT c.commitment_id AS id, c.article_id, c.quote, c.start_char, c.end_char, c.speech_act, c.stage, c.firmness, c.is_negated, c.is_conditional,
    c.condition_text, c.reported_as, c.speaker_minister_id AS speaker_id, m.full_name AS speaker, c.topics, c.amount_value, c.amount_currency, c.made_edtf AS edtf, c.due_edtf,
    CASE WHEN a.published_to < c.made_from THEN a.published_from ELSE coalesce(c.made_from, a.published_from) END AS dated_on, s.is_new, s.place
FROM main.commitments AS c
JOIN shown AS s USING (article_id)
JOIN main.articles AS a USING (article_id)
LEFT JOIN main.ministers AS m ON m.minister_id = c.speaker_minister_id
WHERE s.place <= $n
ORDER BY dated_on DESC NULLS LAST, s.place, c.start_char, c.end_char, c.commitment_id;
