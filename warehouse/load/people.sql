-- Who is who across articles. Reads main.article_ministers and temp.people_in (rows about to be added); fills temp.person_map, one row per distinct
-- (name_key, surname_key, is_surname_only, place, rank), with the minister_id.
--
-- A holder is a name with a country or organisation ("place", '' where neither is known).
--   * A full name without a place joins the only holder of that name with a place.
--   * A surname joins the one holder with that surname and rank whose place is the same, or any place where the surname comes without one.
--   * Otherwise the row is a holder of its own.
CREATE OR REPLACE TEMP TABLE person_map AS
WITH persons AS (
    SELECT DISTINCT name_key, surname_key, is_surname_only, coalesce(country_iso3, organisation, '') AS place, rank
    FROM (
        SELECT name_key, surname_key, is_surname_only, country_iso3, organisation, rank FROM main.article_ministers
        UNION ALL
        SELECT name_key, surname_key, is_surname_only, country_iso3, organisation, rank FROM temp.people_in
    )
),
only_places AS (
    SELECT name_key, min(place) AS place
    FROM persons
    WHERE NOT is_surname_only AND place <> ''
    GROUP BY name_key
    HAVING count(DISTINCT place) = 1
),
full_names AS (
    SELECT p.name_key, p.surname_key, p.is_surname_only, p.place, p.rank,
        p.name_key AS holder_name, CASE WHEN p.place = '' THEN coalesce(o.place, '') ELSE p.place END AS holder_place
    FROM persons AS p LEFT JOIN only_places AS o USING (name_key)
    WHERE NOT p.is_surname_only
),
holders AS (
    SELECT DISTINCT surname_key, rank, holder_name, holder_place FROM full_names
),
surnames AS (
    SELECT p.name_key, p.surname_key, p.is_surname_only, p.place, p.rank,
        CASE WHEN count(h.holder_name) = 1 THEN min(h.holder_name) ELSE p.name_key END AS holder_name,
        CASE WHEN count(h.holder_name) = 1 THEN min(h.holder_place) ELSE p.place END AS holder_place
    FROM persons AS p
    LEFT JOIN holders AS h
        ON h.surname_key = p.surname_key AND h.rank = p.rank AND (p.place = '' OR h.holder_place = p.place)
    WHERE p.is_surname_only
    GROUP BY p.name_key, p.surname_key, p.is_surname_only, p.place, p.rank
),
joined AS (
    SELECT * FROM full_names UNION ALL SELECT * FROM surnames
)
SELECT name_key, surname_key, is_surname_only, place, rank,
    left(sha256(holder_name || chr(31) || holder_place), 16) AS minister_id
FROM joined;
