"""The ledger of files, and the documents of which it tells: which are live, and from which shard their rows come."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from schemas.derive import contract
from warehouse.load.work import Work

LANGUAGE = "en"


def load_files(work: Work, gone: Sequence[str], *, prune: bool, run_id: str) -> int:
    """Brings the ledger up to date. Leaves `offered_files`, `gone_files` and, of the documents of both and of the shards, `touched`; gives the number of files."""
    work.temp(
        "offered_files",
        f"SELECT * EXCLUDE (shard) FROM {work.shard('files')} QUALIFY row_number() OVER (PARTITION BY file_id ORDER BY shard DESC) = 1",
    )
    work.con.register("gone_uris", pa.table({"source_uri": pa.array(gone, pa.string())}))
    work.temp(
        "gone_files",
        f"""
        SELECT file_id, document_id FROM main.files
        WHERE source_uri IN (SELECT source_uri FROM gone_uris) AND file_id NOT IN (SELECT file_id FROM offered_files)
        AND (status <> 'gone' OR ({prune} AND document_id IS NOT NULL))
        """,
    )
    work.con.unregister("gone_uris")
    work.temp(
        "touched",
        f"""
        SELECT document_id FROM main.files WHERE document_id IS NOT NULL AND file_id IN (SELECT file_id FROM offered_files)
        UNION SELECT document_id FROM offered_files WHERE document_id IS NOT NULL
        UNION SELECT document_id FROM gone_files WHERE document_id IS NOT NULL
        UNION SELECT document_id FROM {work.shard("documents")}
        """,
    )
    offered = [n for n in contract("files").names if n not in ("file_id", "source_uri", "first_run_id", "last_run_id")]
    work.run(
        f"""
        UPDATE main.files AS f SET {", ".join(f"{n} = o.{n}" for n in offered)}, last_run_id = $run
        FROM offered_files AS o WHERE f.file_id = o.file_id
        """,
        {"run": run_id},
    )
    work.run(
        """
        INSERT INTO main.files BY NAME SELECT * REPLACE ($run AS first_run_id, $run AS last_run_id) FROM offered_files
        WHERE file_id NOT IN (SELECT file_id FROM main.files)
        """,
        {"run": run_id},
    )
    work.run(
        f"""
        UPDATE main.files AS f SET status = 'gone', status_reason = {"'no longer there; pruned'" if prune else "'no longer there'"}
        {", document_id = NULL" if prune else ""}
        FROM gone_files AS g WHERE f.file_id = g.file_id
        """
    )
    return work.count("offered_files") + work.count("gone_files")


def load_documents(work: Work, *, prune: bool, rules_version: str) -> int:
    """Brings the touched documents up to date with the ledger, and the ledger with what became of them. Leaves `derived` (whose rows come from which shard)
    and `dead` (which no file holds any longer); gives the number of both."""
    work.temp(
        "document_state",
        """
        SELECT document_id,
            arg_min(file_name, (status = 'gone')::INTEGER || source_uri) AS file_name,
            arg_min(published_on, (status = 'gone')::INTEGER || source_uri) FILTER (published_on IS NOT NULL) AS published_on
        FROM main.files WHERE document_id IN (SELECT document_id FROM touched)
        GROUP BY document_id
        """,
    )
    # Only rows derived with the publication day that the ledger wants count as derived.
    work.temp(
        "offered_documents",
        f"""
        SELECT document_id, s.file_name, s.published_on,
            coalesce(min(d.shard) FILTER (d.published_on IS NOT DISTINCT FROM s.published_on), min(d.shard)) AS shard,
            bool_or(d.published_on IS NOT DISTINCT FROM s.published_on) AS is_derived
        FROM {work.shard("documents")} AS d JOIN document_state AS s USING (document_id)
        GROUP BY ALL
        """,
    )
    work.temp("derived", "SELECT document_id, shard FROM offered_documents WHERE is_derived")
    work.temp(
        "dead",
        "SELECT document_id FROM main.documents WHERE NOT is_superseded "
        "AND document_id IN (SELECT document_id FROM touched) AND document_id NOT IN (SELECT document_id FROM document_state)",
    )
    work.run(
        """
        UPDATE main.documents AS d SET file_name = s.file_name, published_on = s.published_on, is_superseded = false
        FROM document_state AS s WHERE d.document_id = s.document_id
        AND (d.file_name <> s.file_name OR d.published_on IS DISTINCT FROM s.published_on OR d.is_superseded)
        """
    )
    work.run(
        f"""
        UPDATE main.documents AS d
        SET language = n.language, layout = n.layout, encoding = n.encoding, derivation = {derivation_sql("d.published_on")}
        FROM (
            SELECT document_id, language, layout, encoding
            FROM {work.shard("documents")} AS r
            JOIN derived AS a USING (document_id) WHERE r.shard = a.shard
        ) AS n WHERE d.document_id = n.document_id
        """,
        {"rules": rules_version},
    )
    work.run(
        f"""
        INSERT INTO main.documents BY NAME
        SELECT r.document_id, r.sha256, o.file_name, r.encoding, r.language, r.layout, false AS is_superseded, o.published_on,
            CASE WHEN o.is_derived THEN {derivation_sql("o.published_on")} END AS derivation, r.raw_text
        FROM {work.shard("documents")} AS r
        JOIN (
            SELECT * FROM offered_documents WHERE document_id NOT IN (SELECT document_id FROM main.documents)
        ) AS o ON r.document_id = o.document_id AND r.shard = o.shard
        """,
        {"rules": rules_version},
    )
    if prune:
        work.run(
            "DELETE FROM main.documents WHERE document_id IN (SELECT document_id FROM gone_files) "
            "AND document_id NOT IN (SELECT document_id FROM document_state)"
        )
    work.run("UPDATE main.documents SET is_superseded = true, derivation = NULL WHERE document_id IN (SELECT document_id FROM dead)")
    _statuses(work)
    return work.count("derived") + work.count("dead")


def derivation_sql(published_on: str) -> str:
    """SQL for what the rows of a document are derived with: the rules ($rules) and the publication day beside the text."""
    return f"left(sha256($rules || chr(31) || coalesce({published_on}::VARCHAR, '')), 16)"


def _statuses(work: Work) -> None:
    """The first file of a document in order of source_uri says what became of the text, the others are duplicates of it."""
    work.temp(
        "statuses",
        f"""
        WITH holders AS (
            SELECT file_id, document_id, status, status_reason, first_value(source_uri) OVER held AS first_uri,
                row_number() OVER held = 1 AS is_first
            FROM main.files WHERE status <> 'gone' AND document_id IN (SELECT document_id FROM touched)
            WINDOW held AS (PARTITION BY document_id ORDER BY source_uri)
        ),
        failed AS (
            -- apart, so that no other text is read
            SELECT document_id FROM main.documents WHERE language IS NULL AND regexp_matches(raw_text, '\\p{{L}}')
        ),
        texts AS (
            SELECT document_id, language, document_id IN (SELECT document_id FROM failed) AS is_failed
            FROM main.documents WHERE document_id IN (SELECT document_id FROM touched)
        )
        SELECT file_id,
            CASE WHEN NOT is_first THEN 'duplicate' WHEN is_failed THEN 'failed' WHEN language = '{LANGUAGE}' THEN 'loaded'
                ELSE 'unsupported_language' END AS status,
            CASE WHEN NOT is_first THEN 'same bytes as ' || first_uri
                WHEN is_failed THEN CASE WHEN status = 'failed' THEN status_reason ELSE 'the rules fail on this text' END
                WHEN language = '{LANGUAGE}' THEN CASE WHEN status = 'loaded' THEN status_reason END
                ELSE coalesce('language ' || language, 'no words') END AS status_reason
        FROM holders JOIN texts USING (document_id)
        """,
    )
    work.run(
        """
        UPDATE main.files AS f SET status = s.status, status_reason = s.status_reason FROM statuses AS s WHERE f.file_id = s.file_id
        AND (f.status <> s.status OR f.status_reason IS DISTINCT FROM s.status_reason)
        """
    )
