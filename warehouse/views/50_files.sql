CREATE VIEW analytics.file_status AS
SELECT status, count(*) AS files, sum(size_bytes)::BIGINT AS bytes, arg_min(status_reason, source_uri) AS example_reason, min(source_uri) AS example
FROM main.files
GROUP BY status;

COMMENT ON VIEW analytics.file_status IS 'The ledger by status, with one example of each';
