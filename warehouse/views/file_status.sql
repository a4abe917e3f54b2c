-- key: status
CREATE VIEW analytics.file_status AS
SELECT status, count(*) AS files, sum(size_bytes)::BIGINT AS bytes, arg_min(status_reason, source_uri) AS example_reason, min(source_uri) AS example
FROM main.files
GROUP BY status;

COMMENT ON VIEW analytics.file_status IS 'The ledger by status, with one example of each';
COMMENT ON COLUMN analytics.file_status.files IS 'Files and archive members';
COMMENT ON COLUMN analytics.file_status.bytes IS 'Their size together. unit: bytes';
COMMENT ON COLUMN analytics.file_status.example_reason IS 'Why, for the first of them that has a reason';
COMMENT ON COLUMN analytics.file_status.example IS 'The first of them, by address';
