SELECT p.commitment_id AS id, p.role, p.party_no, p.party_type, p.iso3, p.name
FROM main.commitment_parties AS p
JOIN main.commitments AS c USING (commitment_id)
JOIN shown AS s USING (article_id)
WHERE s.place <= $n
UNION ALL
SELECT p.incident_id, p.role, p.party_no, p.party_type, p.iso3, p.name
FROM main.incident_parties AS p
JOIN main.incidents AS i USING (incident_id)
JOIN shown AS s USING (article_id)
WHERE s.place <= $n
ORDER BY ALL;
