-- key: attributing, attributed
CREATE VIEW analytics.attribution_matrix AS
SELECT coalesce(t.attributing_iso3, t.attributing_name, '(nobody named)') AS attributing,
    coalesce(t.attributed_iso3, t.attributed_name, '(unknown)') AS attributed,
    count(*) FILTER (stance = 'asserted') AS asserted,
    count(*) FILTER (stance = 'hedged') AS hedged,
    count(*) FILTER (stance = 'denied') AS denied,
    count(*) FILTER (stance = 'contested') AS contested,
    count(*) AS attributions,
    count(DISTINCT i.article_id) AS articles
FROM main.incident_attributions AS t
JOIN main.incidents AS i USING (incident_id)
GROUP BY ALL;

COMMENT ON VIEW analytics.attribution_matrix IS
    'Who blames whom how often: one row per attributing and attributed country (or name, where no country is known), attributions counted by stance';
COMMENT ON COLUMN analytics.attribution_matrix.attributing IS 'Who blames: country code, or name where no country is known';
COMMENT ON COLUMN analytics.attribution_matrix.attributed IS 'Who is blamed: country code, or name where no country is known';
COMMENT ON COLUMN analytics.attribution_matrix.asserted IS 'Attributions stated without reserve';
COMMENT ON COLUMN analytics.attribution_matrix.hedged IS 'Attributions with a reserve, such as "suspected" or "allegedly"';
COMMENT ON COLUMN analytics.attribution_matrix.denied IS 'Attributions that are denied';
COMMENT ON COLUMN analytics.attribution_matrix.contested IS 'Attributions that others contest';
COMMENT ON COLUMN analytics.attribution_matrix.attributions IS 'Attributions of any stance';
COMMENT ON COLUMN analytics.attribution_matrix.articles IS 'Articles that report them';
