-- The newest articles: those of the latest publications first, within one by day of publication. Run ids begin with the time of their start. An
-- article is new if no file that shows it was there before the last publication.
CREATE TEMP TABLE shown AS
WITH arrived AS (
    SELECT p.article_id, min(f.first_run_id) AS run_id
    FROM (SELECT DISTINCT article_id, document_id FROM main.article_placements) AS p
    JOIN main.files AS f USING (document_id)
    GROUP BY p.article_id
),
published AS (
    SELECT coalesce((SELECT run_id FROM main.runs ORDER BY finished_at DESC, run_id DESC LIMIT 1 OFFSET 1), '') AS before_last
)
SELECT article_id, coalesce(arrived.run_id > published.before_last, false) AS is_new,
    row_number() OVER (ORDER BY coalesce(arrived.run_id > published.before_last, false) DESC, arrived.run_id DESC NULLS LAST,
        published_from DESC NULLS LAST, article_id) AS place
FROM main.articles
LEFT JOIN arrived USING (article_id)
CROSS JOIN published
ORDER BY place;
