-- key: minister_id
CREATE VIEW analytics.minister_directory AS
WITH told AS (
    SELECT m.minister_id, sum(m.n_mentions)::BIGINT AS mentions, count(DISTINCT article_id) AS articles,
        min(a.published_from) AS first_published, max(a.published_from) AS last_published
    FROM main.article_ministers AS m JOIN main.articles AS a USING (article_id)
    GROUP BY m.minister_id
),
spoken AS (
    SELECT speaker_minister_id AS minister_id, count(*) AS commitments_spoken FROM main.commitments
    WHERE speaker_minister_id IS NOT NULL GROUP BY speaker_minister_id
)
SELECT m.minister_id, m.full_name, coalesce(c.name, m.organisation) AS of, m.country_iso3, m.country_basis, m.rank, m.office, m.portfolio,
    coalesce(t.articles, 0) AS articles, coalesce(t.mentions, 0) AS mentions, coalesce(s.commitments_spoken, 0) AS commitments_spoken,
    t.first_published, t.last_published
FROM main.ministers AS m
LEFT JOIN main.countries AS c ON c.iso3 = m.country_iso3
LEFT JOIN told AS t USING (minister_id)
LEFT JOIN spoken AS s USING (minister_id);

COMMENT ON VIEW analytics.minister_directory IS 'One row per office-holder, with country, office and how often articles name him or her';
COMMENT ON COLUMN analytics.minister_directory.of IS 'Country or organisation, by name';
COMMENT ON COLUMN analytics.minister_directory.articles IS 'Articles that name the office-holder';
COMMENT ON COLUMN analytics.minister_directory.mentions IS 'Times the office-holder is named';
COMMENT ON COLUMN analytics.minister_directory.commitments_spoken IS 'Commitments that the office-holder voices';
COMMENT ON COLUMN analytics.minister_directory.first_published IS 'Day of the first article that names the office-holder and is dated';
COMMENT ON COLUMN analytics.minister_directory.last_published IS 'Day of the last one';
