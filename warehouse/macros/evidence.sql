CREATE MACRO analytics.evidence(id) AS TABLE
WITH found AS (
    SELECT 'commitment' AS kind, commitment_id AS evidence_id, article_id, quote, start_char, end_char FROM main.commitments WHERE commitment_id = id
    UNION ALL BY NAME
    SELECT 'incident' AS kind, incident_id AS evidence_id, article_id, quote, start_char, end_char FROM main.incidents WHERE incident_id = id
    UNION ALL BY NAME
    SELECT 'attribution' AS kind, t.attribution_id AS evidence_id, i.article_id, t.quote, t.start_char, t.end_char
    FROM main.incident_attributions AS t JOIN main.incidents AS i USING (incident_id) WHERE t.attribution_id = id
),
pages AS (
    -- The page that shows the story in this version, the first in order of the file's address.
    SELECT p.article_id, arg_min(f.source_uri, (p.version_id <> a.version_id)::INTEGER || f.source_uri) AS source_uri,
        arg_min(f.file_name, (p.version_id <> a.version_id)::INTEGER || f.source_uri) AS file_name,
        arg_min(f.url, (p.version_id <> a.version_id)::INTEGER || f.source_uri) AS url,
        arg_min(p.document_id, (p.version_id <> a.version_id)::INTEGER || f.source_uri) AS document_id
    FROM main.article_placements AS p
    JOIN main.articles AS a USING (article_id)
    JOIN main.files AS f ON f.document_id = p.document_id
    WHERE p.article_id IN (SELECT article_id FROM found)
    GROUP BY p.article_id
)
SELECT found.kind, found.evidence_id, found.quote, a.title, a.published_edtf, a.source_line, pages.file_name, pages.source_uri, pages.url,
    found.start_char, found.end_char, found.article_id, pages.document_id,
    CASE a.body WHEN '' THEN a.title ELSE a.body END AS body -- a teaser without text is quoted by its title
FROM found JOIN main.articles AS a USING (article_id) LEFT JOIN pages USING (article_id);

COMMENT ON MACRO TABLE analytics.evidence IS
    'evidence(id): the sentence behind a commitment, incident or attribution, with its article and the file it came from';
