-- The office-holders whom the shown articles name; their figures count all articles.
SELECT d.minister_id AS id, d.full_name, d.of, d.country_iso3, d.rank, d.office, d.portfolio, d.articles, d.commitments_spoken,
    d.last_published AS dated_on
FROM analytics.minister_directory AS d
WHERE d.minister_id IN (SELECT m.minister_id FROM main.minister_mentions AS m JOIN shown AS s USING (article_id) WHERE s.place <= $n)
ORDER BY d.articles DESC, d.full_name, d.minister_id;
