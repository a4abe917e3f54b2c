-- The newest articles: those of the latest publications first, within one by day of publication. An article is new if analytics.new_since() of the run
-- before the last gives it: no page that shows it in this version was read before. Ids of runs begin with the time of their start.
CREATE TEMP TABLE shown AS
WITH arrived AS (
    SELECT p.article_id, p.version_id, min(f.last_run_id) AS run_id
    FROM main.article_placements AS p
    JOIN main.files AS f USING (document_id)
    GROUP BY p.article_id, p.version_id
),
published AS (
    SELECT coalesce((SELECT run_id FROM main.runs ORDER BY finished_at DESC, run_id DESC LIMIT 1 OFFSET 1), '') AS before_last
)
SELECT article_id, coalesce(arrived.run_id > published.before_last, false) AS is_new,
    row_number() OVER (ORDER BY arrived.run_id DESC NULLS LAST, published_from DESC NULLS LAST, article_id) AS place
FROM main.articles
LEFT JOIN arrived USING (article_id, version_id)
CROSS JOIN published
ORDER BY place;
