-- The office-holders in temp.changed_ministers, from what all articles say of them. The most frequent wording counts, weighted by mentions; where two are
-- equally frequent, the longer name, then the first in alphabetical order. Full names count before surnames.
DELETE FROM main.ministers WHERE minister_id IN (SELECT minister_id FROM temp.changed_ministers);

INSERT INTO main.ministers BY NAME
WITH said AS (
    SELECT * FROM main.article_ministers WHERE minister_id IN (SELECT minister_id FROM temp.changed_ministers)
),
votes AS (
    SELECT minister_id, 'full_name' AS what, full_name AS value, sum(n_mentions) AS weight, NOT is_surname_only AS is_better
    FROM said GROUP BY ALL
    UNION ALL BY NAME
    SELECT minister_id, 'office' AS what, office AS value, sum(n_mentions) AS weight, true AS is_better
    FROM said WHERE office IS NOT NULL GROUP BY ALL
    UNION ALL BY NAME
    SELECT minister_id, 'rank' AS what, rank AS value, sum(n_mentions) AS weight, true AS is_better FROM said GROUP BY ALL
    UNION ALL BY NAME
    SELECT minister_id, 'portfolio' AS what, portfolio AS value, sum(n_mentions) AS weight, true AS is_better FROM said GROUP BY ALL
),
winners AS (
    SELECT minister_id, what, value FROM votes
    QUALIFY row_number() OVER (
        PARTITION BY minister_id, what
        ORDER BY is_better DESC, weight DESC, CASE WHEN what = 'full_name' THEN -length(value) ELSE 0 END, value
    ) = 1
),
chosen AS (
    SELECT minister_id,
        any_value(value) FILTER (what = 'full_name') AS full_name,
        any_value(value) FILTER (what = 'office') AS office,
        any_value(value) FILTER (what = 'rank') AS rank,
        any_value(value) FILTER (what = 'portfolio') AS portfolio
    FROM winners GROUP BY minister_id
),
places AS (
    SELECT minister_id,
        -- A holder has one place; rows that joined it without naming one hold NULL here.
        min(country_iso3) AS country_iso3,
        min(organisation) AS organisation,
        coalesce(['stated', 'context', 'reference'][
            min(list_position(['stated', 'context', 'reference'], country_basis)) FILTER (country_iso3 IS NOT NULL)
        ], 'none') AS country_basis
    FROM said GROUP BY minister_id
)
SELECT minister_id, full_name, country_iso3, country_basis, organisation, rank, office, portfolio
FROM chosen JOIN places USING (minister_id);
