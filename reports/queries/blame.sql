-- Who blames whom among countries, in all articles; denials do not count.
SELECT s.name AS attributing, o.name AS attributed, count(*) AS n
FROM main.incident_attributions AS t
JOIN main.countries AS s ON s.iso3 = t.attributing_iso3
JOIN main.countries AS o ON o.iso3 = t.attributed_iso3
WHERE t.stance <> 'denied'
GROUP BY ALL
ORDER BY n DESC, attributing, attributed;
