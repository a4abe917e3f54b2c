-- order: month, topic, actor_iso3, recipient_iso3
CREATE VIEW analytics.commitments_monthly AS
WITH told AS (
    -- unnest drops rows of empty lists, hence the NULLs: a commitment without recipients counts too.
    SELECT date_trunc('month', coalesce(c.made_from, a.published_from))::DATE AS month, c.topics, c.is_negated, c.firmness,
        unnest(c.actor_iso3) AS actor_iso3, CASE WHEN c.recipient_iso3 = [] THEN [NULL] ELSE c.recipient_iso3 END AS recipients
    FROM main.commitments AS c
    JOIN main.articles AS a USING (article_id)
),
paired AS (SELECT * EXCLUDE (recipients), unnest(recipients) AS recipient_iso3 FROM told)
SELECT month, topic, actor_iso3, recipient_iso3, count(*) AS commitments, count(*) FILTER (is_negated) AS refusals,
    count(*) FILTER (firmness = 'firm') AS firm
FROM (SELECT * EXCLUDE (topics), unnest(topics) AS topic FROM paired)
GROUP BY ALL;

COMMENT ON VIEW analytics.commitments_monthly IS
    'Who undertook something towards whom, by topic and month: one row per month, topic, acting country and receiving country. A commitment with two topics or two actors is counted under each';
COMMENT ON COLUMN analytics.commitments_monthly.month IS 'First day of the month in which it was made, or else published; NULL while the year is unknown';
COMMENT ON COLUMN analytics.commitments_monthly.topic IS 'Topic of the action';
COMMENT ON COLUMN analytics.commitments_monthly.actor_iso3 IS 'Country that undertakes. unit: ISO 3166-1 alpha-3';
COMMENT ON COLUMN analytics.commitments_monthly.recipient_iso3 IS 'Country towards which; NULL if the sentence names none. unit: ISO 3166-1 alpha-3';
COMMENT ON COLUMN analytics.commitments_monthly.commitments IS 'Commitments, refusals among them';
COMMENT ON COLUMN analytics.commitments_monthly.refusals IS 'Of these, undertakings not to do something';
COMMENT ON COLUMN analytics.commitments_monthly.firm IS 'Of these, in firm wording';
