SELECT iso3 AS id, name, un_region, articles, commitments_made, commitments_received, incidents_as_perpetrator, incidents_as_target, times_blamed
FROM analytics.country_activity
ORDER BY articles DESC, name;
