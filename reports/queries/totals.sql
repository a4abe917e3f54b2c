SELECT
    (SELECT count(*) FROM main.articles) AS articles, (SELECT count(*) FROM shown WHERE is_new) AS new_articles,
    (SELECT count(*) FROM main.commitments) AS commitments,
    (SELECT count(*) FROM main.commitments JOIN shown USING (article_id) WHERE is_new) AS new_commitments,
    (SELECT count(*) FROM main.incidents) AS incidents,
    (SELECT count(*) FROM main.incidents JOIN shown USING (article_id) WHERE is_new) AS new_incidents,
    (SELECT count(*) FROM main.incident_attributions) AS attributions,
    (SELECT count(*) FROM main.incident_attributions JOIN main.incidents USING (incident_id) JOIN shown USING (article_id) WHERE is_new) AS new_attributions,
    (SELECT count(*) FROM main.ministers) AS ministers,
    (SELECT count(*) FROM analytics.country_activity) AS countries,
    (SELECT count(*) FROM main.files) AS files,
    (SELECT count(*) FROM main.runs) AS publications;
