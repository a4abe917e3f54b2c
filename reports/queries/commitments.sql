SELECT c.commitment_id AS id, c.article_id, c.quote, c.start_char, c.end_char, c.speech_act, c.stage, c.firmness, c.is_negated, c.is_conditional,
    c.condition_text, c.reported_as, m.full_name AS speaker, c.topics, c.amount_value, c.amount_currency, c.made_edtf AS edtf, c.due_edtf,
    coalesce(c.made_from, a.published_from) AS dated_on, s.is_new, s.place
FROM main.commitments AS c
JOIN shown AS s USING (article_id)
JOIN main.articles AS a USING (article_id)
LEFT JOIN main.ministers AS m ON m.minister_id = c.speaker_minister_id
WHERE s.place <= $n
ORDER BY dated_on DESC NULLS LAST, s.place, c.start_char, c.end_char, c.commitment_id;
