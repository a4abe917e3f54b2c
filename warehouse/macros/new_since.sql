CREATE MACRO analytics.new_since(run) AS TABLE
WITH since AS (
    SELECT '' AS run_id WHERE run::VARCHAR = '0'
    UNION ALL
    SELECT run_id FROM analytics.run_history WHERE run_id = run::VARCHAR OR number::VARCHAR = run::VARCHAR
),
-- Ids of runs begin with the time of their start. What an earlier run read too, under another name or on another page, is not new.
fresh AS (
    SELECT p.article_id, p.version_id
    FROM main.article_placements AS p JOIN main.files AS f USING (document_id)
    GROUP BY p.article_id, p.version_id
    HAVING min(f.last_run_id) > coalesce((SELECT run_id FROM since), error('no such run; FROM analytics.run_history lists them'))
),
stories AS (SELECT a.article_id, a.title, a.published_from FROM main.articles AS a JOIN fresh USING (article_id, version_id)),
found AS (
    SELECT 'article' AS kind, article_id AS evidence_id, article_id, NULL AS day, NULL AS what, [] AS who, [] AS towards, NULL AS quote FROM stories
    UNION ALL
    SELECT 'commitment', commitment_id, article_id, made_from, speech_act, actors, recipients, quote FROM main.commitments
    UNION ALL
    SELECT 'incident', incident_id, article_id, occurred_from, incident_type, perpetrators, targets, quote FROM main.incidents
)
SELECT f.kind, coalesce(f.day, s.published_from) AS dated_on, s.title, f.what, f.who, f.towards, f.quote, f.evidence_id, article_id
FROM found AS f JOIN stories AS s USING (article_id)
ORDER BY kind, dated_on DESC NULLS LAST, evidence_id;

COMMENT ON MACRO TABLE analytics.new_since IS
    'new_since(run): articles, commitments and incidents on pages that were first read, or had changed, after a run, given by its number or id in analytics.run_history; 0 gives all';
