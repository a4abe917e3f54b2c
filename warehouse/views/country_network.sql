-- key: iso3_a, iso3_b
CREATE VIEW analytics.country_network AS
WITH edges AS (
    SELECT iso3_a, iso3_b, count(*) AS articles
    FROM (SELECT iso3_a, unnest(mentioned_iso3) AS iso3_b FROM (SELECT mentioned_iso3, unnest(mentioned_iso3) AS iso3_a FROM main.articles))
    WHERE iso3_a < iso3_b
    GROUP BY ALL
)
SELECT e.iso3_a, e.iso3_b, a.name AS name_a, b.name AS name_b, e.articles
FROM edges AS e
JOIN main.countries AS a ON a.iso3 = e.iso3_a
JOIN main.countries AS b ON b.iso3 = e.iso3_b;

COMMENT ON VIEW analytics.country_network IS 'Which countries are named together: one row per pair of countries, an undirected edge weighted by articles';
COMMENT ON COLUMN analytics.country_network.iso3_a IS 'The one that comes first in the alphabet. unit: ISO 3166-1 alpha-3';
COMMENT ON COLUMN analytics.country_network.iso3_b IS 'The other. unit: ISO 3166-1 alpha-3';
COMMENT ON COLUMN analytics.country_network.name_a IS 'Name of the first';
COMMENT ON COLUMN analytics.country_network.name_b IS 'Name of the other';
COMMENT ON COLUMN analytics.country_network.articles IS 'Articles that name both';
