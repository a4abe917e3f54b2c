WITH pages AS (
    -- The page that shows the story in this version, the first in order of the file's address.
    SELECT p.article_id, arg_min({'uri': f.source_uri, 'url': f.url}, (p.version_id <> a.version_id)::INTEGER || f.source_uri) AS page
    FROM main.article_placements AS p
    JOIN main.articles AS a USING (article_id)
    JOIN main.files AS f ON f.document_id = p.document_id
    WHERE p.article_id IN (SELECT article_id FROM shown WHERE place <= $n)
    GROUP BY p.article_id
)
SELECT a.article_id AS id, a.title, a.body, a.published_edtf, a.published_from, a.source_line, coalesce(a.publishers, []) AS publishers,
    a.is_teaser_only, a.word_count, s.is_new, pages.page.uri AS uri, pages.page.url AS url
FROM shown AS s
JOIN main.articles AS a USING (article_id)
LEFT JOIN pages USING (article_id)
WHERE s.place <= $n
ORDER BY s.place;
