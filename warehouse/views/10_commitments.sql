CREATE VIEW analytics.commitment_ledger AS
WITH parties AS (
    SELECT commitment_id,
        list(coalesce(iso3, name) ORDER BY party_no) FILTER (role = 'actor') AS actors,
        list(coalesce(iso3, name) ORDER BY party_no) FILTER (role = 'recipient') AS recipients,
        list(DISTINCT iso3 ORDER BY iso3) FILTER (role = 'actor' AND iso3 IS NOT NULL) AS actor_iso3,
        list(DISTINCT iso3 ORDER BY iso3) FILTER (role = 'recipient' AND iso3 IS NOT NULL) AS recipient_iso3
    FROM main.commitment_parties
    GROUP BY commitment_id
)
SELECT c.commitment_id, a.title, p.actors, p.recipients, c.speech_act, c.stage, c.firmness, c.is_negated, c.is_conditional, c.condition_text,
    c.reported_as, m.full_name AS speaker, c.topics, c.action_text, c.amount_value, c.amount_currency, c.made_edtf, c.made_from, c.made_to,
    c.due_edtf, c.due_from, c.due_to, coalesce(c.made_from, a.published_from) AS dated_on, a.published_edtf, a.publishers, c.quote,
    p.actor_iso3, p.recipient_iso3, c.article_id
FROM main.commitments AS c
JOIN main.articles AS a USING (article_id)
LEFT JOIN parties AS p USING (commitment_id)
LEFT JOIN main.ministers AS m ON m.minister_id = c.speaker_minister_id;

COMMENT ON VIEW analytics.commitment_ledger IS
    'One readable row per commitment: who undertakes what towards whom, on which topics, when, in which words. dated_on is the day it was made or else the day of publication';
