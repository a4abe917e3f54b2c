-- Which countries the articles name, wherever they do.
SELECT m.article_id, list(DISTINCT m.iso3 ORDER BY m.iso3) AS iso3
FROM main.country_mentions AS m JOIN shown AS s USING (article_id)
WHERE s.place <= $n
GROUP BY m.article_id;
