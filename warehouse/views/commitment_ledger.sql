-- key: commitment_id
CREATE VIEW analytics.commitment_ledger AS
SELECT c.commitment_id, a.title, c.actors, c.recipients, c.speech_act, c.stage, c.firmness, c.is_negated, c.is_conditional, c.condition_text,
    c.reported_as, m.full_name AS speaker, c.topics, c.action_text, c.amount_value, c.amount_currency, c.made_edtf, c.made_from, c.made_to,
    c.due_edtf, c.due_from, c.due_to, coalesce(c.made_from, a.published_from) AS dated_on, a.published_edtf, a.publishers, c.quote,
    c.actor_iso3, c.recipient_iso3, c.article_id
FROM main.commitments AS c
JOIN main.articles AS a USING (article_id)
LEFT JOIN main.ministers AS m ON m.minister_id = c.speaker_minister_id;

COMMENT ON VIEW analytics.commitment_ledger IS
    'One readable row per commitment: who undertakes what towards whom, on which topics, when, in which words';
COMMENT ON COLUMN analytics.commitment_ledger.speaker IS 'Full name of the office-holder who says so';
COMMENT ON COLUMN analytics.commitment_ledger.dated_on IS 'First day on which it may have been made, or else day of publication';
