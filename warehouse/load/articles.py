"""Which entries of pages are one story, and the version of it that the table of articles holds."""

from __future__ import annotations

from warehouse.load.rows import delete
from warehouse.load.work import Work


def load_placements(work: Work) -> None:
    """Replaces the placements of the derived documents and removes those of the dead; then decides which entries are one story. Leaves `old_articles`, the
    articles of these titles until now, and `wanted`, the version of each that there should be."""
    entries = f"(SELECT p.* FROM {work.shard('article_placements')} AS p "
    entries += "JOIN derived AS d ON p.document_id = d.document_id AND p.shard = d.shard)"
    replaced = "document_id IN (SELECT document_id FROM derived UNION ALL SELECT document_id FROM dead)"
    work.temp(
        "affected_titles",
        f"SELECT title_key FROM main.article_placements WHERE {replaced} UNION SELECT title_key FROM {entries}",
    )
    work.temp(
        "old_articles",
        "SELECT DISTINCT article_id FROM main.article_placements WHERE title_key IN (SELECT title_key FROM affected_titles)",
    )
    work.run(f"DELETE FROM main.article_placements WHERE {replaced}")
    work.run(f"INSERT INTO main.article_placements BY NAME SELECT * EXCLUDE (shard) REPLACE (story_key AS article_id) FROM {entries}")
    work.script("identity.sql")


def load_articles(work: Work) -> int:
    """Removes articles that are not what is wanted, with all that hangs on them, and inserts them again where a shard holds the wanted version. Leaves
    `chosen`, those that are inserted and from which shard, and `changed_ministers`, who stood in the removed; gives the number inserted."""
    work.temp(
        "chosen",
        f"""
        SELECT article_id, o.story_key, o.version_id, o.shard FROM wanted JOIN (
            SELECT article_id AS story_key, version_id, min(shard) AS shard
            FROM {work.shard("articles")} GROUP BY ALL
        ) AS o USING (version_id)
        """,
    )
    work.temp(
        "outdated",
        """
        SELECT article_id FROM main.articles AS a
        WHERE article_id IN (SELECT article_id FROM old_articles UNION ALL SELECT article_id FROM wanted)
        AND (article_id IN (SELECT article_id FROM chosen)
            OR NOT EXISTS (SELECT 1 FROM wanted AS w WHERE w.article_id = a.article_id AND w.version_id = a.version_id))
        """,
    )
    work.temp(
        "changed_ministers",
        "SELECT DISTINCT minister_id FROM main.article_ministers WHERE article_id IN (SELECT article_id FROM outdated)",
    )
    delete(work, "outdated")
    work.run(
        """
        UPDATE main.articles AS a SET n_placements = w.n_placements, is_teaser_only = w.is_teaser_only
        FROM wanted AS w WHERE a.article_id = w.article_id
        AND (a.n_placements <> w.n_placements OR a.is_teaser_only <> w.is_teaser_only)
        """
    )
    return work.run(
        f"""
        INSERT INTO main.articles BY NAME
        SELECT r.* EXCLUDE (shard)
            REPLACE (w.article_id AS article_id, w.is_teaser_only AS is_teaser_only, w.n_placements AS n_placements)
        FROM {work.shard("articles")} AS r
        JOIN (SELECT * FROM chosen JOIN wanted USING (article_id, version_id)) AS w
            ON r.article_id = w.story_key AND r.version_id = w.version_id AND r.shard = w.shard
        """
    )
