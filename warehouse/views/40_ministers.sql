CREATE VIEW analytics.minister_directory AS
WITH mentions AS (
    SELECT m.minister_id, count(*) AS mentions, count(DISTINCT m.article_id) AS articles,
        min(a.published_from) AS first_published, max(a.published_from) AS last_published
    FROM main.minister_mentions AS m JOIN main.articles AS a USING (article_id)
    GROUP BY m.minister_id
),
spoken AS (
    SELECT speaker_minister_id AS minister_id, count(*) AS commitments_spoken FROM main.commitments
    WHERE speaker_minister_id IS NOT NULL GROUP BY speaker_minister_id
)
SELECT m.minister_id, m.full_name, coalesce(c.name, m.organisation) AS of, m.country_iso3, m.country_basis, m.rank, m.office, m.portfolio,
    coalesce(n.articles, 0) AS articles, coalesce(n.mentions, 0) AS mentions, coalesce(s.commitments_spoken, 0) AS commitments_spoken,
    n.first_published, n.last_published
FROM main.ministers AS m
LEFT JOIN main.countries AS c ON c.iso3 = m.country_iso3
LEFT JOIN mentions AS n USING (minister_id)
LEFT JOIN spoken AS s USING (minister_id);

COMMENT ON VIEW analytics.minister_directory IS 'One row per office-holder, with country, office and how often articles name him or her';
