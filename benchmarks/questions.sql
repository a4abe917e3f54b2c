-- What a country undertook towards another
FROM analytics.commitment_ledger WHERE list_contains(actor_iso3, 'DEU') AND list_contains(recipient_iso3, 'POL') ORDER BY dated_on DESC, commitment_id LIMIT 50;
-- Who blames whom, and how firmly
FROM analytics.attribution_matrix ORDER BY attributions DESC LIMIT 50;
-- Incidents against a country
FROM analytics.incident_ledger WHERE list_contains(target_iso3, 'SWE') ORDER BY dated_on DESC, incident_id LIMIT 50;
-- The countries that are most in the news
FROM analytics.country_activity ORDER BY articles DESC LIMIT 20;
-- The ministers who are named most
FROM analytics.minister_directory ORDER BY articles DESC LIMIT 20;
-- The pairs of countries that are named together
FROM analytics.country_network ORDER BY ALL LIMIT 100;
-- Commitments by topic and month
FROM analytics.commitments_monthly ORDER BY ALL LIMIT 100;
-- What passed between two countries
SELECT * FROM analytics.between('FRA', 'ITA') LIMIT 50;
-- What became of the files
FROM analytics.file_status;
-- The sentence behind a row
SELECT * FROM analytics.evidence((SELECT min(commitment_id) FROM main.commitments));
