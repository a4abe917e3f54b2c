-- key: publisher
CREATE VIEW analytics.publisher_activity AS
WITH undertaken AS (SELECT article_id, count(*) AS n FROM main.commitments GROUP BY article_id),
happened AS (SELECT article_id, count(*) AS n FROM main.incidents GROUP BY article_id),
told AS (
    SELECT article_id, is_teaser_only, published_from,
        unnest(CASE WHEN coalesce(len(publishers), 0) = 0 THEN ['(none named)'] ELSE list_distinct(publishers) END) AS publisher
    FROM main.articles
)
SELECT publisher, count(*) AS articles, count(*) FILTER (is_teaser_only) AS teasers, coalesce(sum(u.n), 0)::BIGINT AS commitments,
    coalesce(sum(h.n), 0)::BIGINT AS incidents, min(published_from) AS first_published, max(published_from) AS last_published
FROM told
LEFT JOIN undertaken AS u USING (article_id)
LEFT JOIN happened AS h USING (article_id)
GROUP BY publisher;

COMMENT ON VIEW analytics.publisher_activity IS
    'One row per publisher that a source line names. An article with two publishers is counted under each, one without any under (none named)';
COMMENT ON COLUMN analytics.publisher_activity.publisher IS 'Publisher, as the source line names it';
COMMENT ON COLUMN analytics.publisher_activity.articles IS 'Articles, teasers among them';
COMMENT ON COLUMN analytics.publisher_activity.teasers IS 'Of these, articles never seen in full';
COMMENT ON COLUMN analytics.publisher_activity.commitments IS 'Commitments in these articles';
COMMENT ON COLUMN analytics.publisher_activity.incidents IS 'Incidents in these articles';
COMMENT ON COLUMN analytics.publisher_activity.first_published IS 'Day of the first article that is dated';
COMMENT ON COLUMN analytics.publisher_activity.last_published IS 'Day of the last one';
