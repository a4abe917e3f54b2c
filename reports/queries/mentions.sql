-- Names in bodies, to be marked lightly: of countries (key: iso3) and of office-holders (key: minister_id).
SELECT m.article_id, m.start_char, m.end_char, 'country' AS kind, m.iso3 AS key, m.mention_type AS note
FROM main.country_mentions AS m JOIN shown AS s USING (article_id) WHERE s.place <= $n AND m.field = 'body'
UNION ALL
SELECT m.article_id, m.start_char, m.end_char, 'minister', m.minister_id, coalesce(m.office, '')
FROM main.minister_mentions AS m JOIN shown AS s USING (article_id) WHERE s.place <= $n AND m.field = 'body'
ORDER BY ALL;
