-- Commitments and incidents of all articles by the month that they are dated to, or else their article. month is NULL where that is no one month, or
-- a month later than the publication of the warehouse: such a date tells when something is due.
WITH dated AS (
    SELECT 'commitment' AS kind, c.made_from AS first, c.made_to AS last, a.published_from, a.published_to
    FROM main.commitments AS c JOIN main.articles AS a USING (article_id)
    UNION ALL
    SELECT 'incident', i.occurred_from, i.occurred_to, a.published_from, a.published_to
    FROM main.incidents AS i JOIN main.articles AS a USING (article_id)
),
months AS (
    SELECT kind, CASE
        WHEN date_trunc('month', first) = date_trunc('month', last) THEN date_trunc('month', first)
        WHEN date_trunc('month', published_from) = date_trunc('month', published_to) THEN date_trunc('month', published_from)
    END::DATE AS month
    FROM dated
)
SELECT CASE WHEN month <= (SELECT max(finished_at) FROM main.runs) THEN month END AS month,
    count(*) FILTER (kind = 'commitment') AS commitments, count(*) FILTER (kind = 'incident') AS incidents
FROM months
GROUP BY ALL
ORDER BY month;
