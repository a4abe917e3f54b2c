-- Commitments and incidents of all articles by the month that they are dated to; month NULL: neither they nor their article bear a full date.
SELECT date_trunc('month', dated_on)::DATE AS month, count(*) FILTER (kind = 'commitment') AS commitments, count(*) FILTER (kind = 'incident') AS incidents
FROM (
    SELECT 'commitment' AS kind, dated_on FROM analytics.commitment_ledger
    UNION ALL
    SELECT 'incident', dated_on FROM analytics.incident_ledger
)
GROUP BY ALL
ORDER BY month;
