-- Which entries are one story, for the titles in temp.affected_titles. Fills temp.story_map (story_key, article_id).
--
-- A story key hashes the title and the first 80 characters of the body, so all of this happens within a title:
--   * a story that some page shows as its main article is itself;
--   * a teaser, or an entry without a body, joins the one main story of its title, if there is exactly one;
--   * without a main story, two stories of one title are one, and the fuller gives the id;
--   * otherwise an entry stands alone.
CREATE OR REPLACE TEMP TABLE story_map AS
WITH stories AS (
    SELECT title_key, story_key,
        bool_or(block = 'main' AND body_chars > 0) AS is_main,
        max(body_chars) AS body_chars
    FROM main.article_placements
    WHERE title_key IN (SELECT title_key FROM temp.affected_titles)
    GROUP BY title_key, story_key
),
titles AS (
    SELECT title_key,
        count(*) AS n_stories,
        count(*) FILTER (is_main) AS n_main,
        min(story_key) FILTER (is_main) AS main_story,
        arg_min(story_key, printf('%010d', 2147483647 - body_chars) || story_key) AS fullest_story
    FROM stories
    GROUP BY title_key
    HAVING count(*) > 1
)
SELECT story_key,
    CASE
        WHEN is_main THEN story_key
        WHEN n_main = 1 THEN main_story
        WHEN n_main = 0 AND n_stories = 2 THEN fullest_story
        ELSE story_key
    END AS article_id
FROM stories LEFT JOIN titles USING (title_key);

UPDATE main.article_placements AS p
SET article_id = m.article_id
FROM temp.story_map AS m
WHERE p.story_key = m.story_key AND p.article_id <> m.article_id;

-- What each story of these titles should be: temp.wanted. The fullest version is the longest body, then the smallest hash.
CREATE OR REPLACE TEMP TABLE wanted AS
SELECT article_id,
    arg_min(version_id, printf('%010d', 2147483647 - body_chars) || version_id) AS version_id,
    count(*)::INTEGER AS n_placements,
    NOT bool_or(block = 'main') AS is_teaser_only
FROM main.article_placements
WHERE title_key IN (SELECT title_key FROM temp.affected_titles)
GROUP BY article_id;
