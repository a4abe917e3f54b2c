CREATE VIEW analytics.run_history AS
SELECT row_number() OVER (ORDER BY finished_at, run_id) AS number, run_id, started_at, finished_at, files_offered, files_new,
    rows_written['articles'] AS articles, rows_written['commitments'] AS commitments, rows_written['incidents'] AS incidents, code_version, rules_version
FROM main.runs;

COMMENT ON VIEW analytics.run_history IS
    'One row per run that published, numbered from the first. analytics.new_since(number) tells what came after it';
COMMENT ON COLUMN analytics.run_history.number IS 'Number of the run, from 1';
COMMENT ON COLUMN analytics.run_history.articles IS 'Articles in the warehouse after the run';
COMMENT ON COLUMN analytics.run_history.commitments IS 'Commitments in the warehouse after the run';
COMMENT ON COLUMN analytics.run_history.incidents IS 'Incidents in the warehouse after the run';
