"""Batch shards: what one batch of pages became, one parquet file per table in one folder, and a list of what must be there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from hashlib import file_digest
from pathlib import Path

import polars as pl

from schemas import ARTICLE_TABLES
from warehouse.errors import WarehouseError

TABLES = ("files", "documents", "articles", "article_placements", *ARTICLE_TABLES)
"""The tables of a shard."""

QUOTED = {
    "country_mentions": "surface",
    "minister_mentions": "surface",
    "commitments": "quote",
    "incidents": "quote",
    "incident_attributions": "quote",
}
"""Tables with evidence, and the column that holds it."""

CONTENTS = "shard.json"


def write(frames: Mapping[str, pl.DataFrame], folder: Path) -> None:
    """Writes the frames of TABLES (contract columns; `articles.article_id` is the story key, minister ids are person keys) as
    `folder`/<table>.parquet.

    The folder appears whole or not at all: it is written under another name first. One that is there already is replaced. Raises
    WarehouseError where a table is missing, or where a quote or surface is not what stands between its offsets."""
    missing = [table for table in TABLES if table not in frames]
    if missing:
        raise WarehouseError(f"shard {folder} lacks {', '.join(missing)}")
    texts = {article: (title, body) for article, title, body in frames["articles"].select("article_id", "title", "body").iter_rows()}
    misplaced = [line for table in QUOTED for line in _misplaced(frames, table, texts)]
    if misplaced:
        raise WarehouseError(f"shard {folder.name}: {'; '.join(misplaced)}")
    partial = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    contents = {}
    for table in TABLES:
        path = partial / f"{table}.parquet"
        frames[table].write_parquet(path, compression="zstd", compression_level=1)
        contents[table] = {"bytes": path.stat().st_size, "sha256": _digest(path)}
    (partial / CONTENTS).write_text(json.dumps(contents))
    shutil.rmtree(folder, ignore_errors=True)
    partial.replace(folder)


def check(folder: Path) -> None:
    """Raises WarehouseError where a file of the shard is missing, truncated or otherwise not what was written."""
    try:
        contents = json.loads((folder / CONTENTS).read_text())
        for table in TABLES:
            path = folder / f"{table}.parquet"
            if path.stat().st_size != contents[table]["bytes"] or _digest(path) != contents[table]["sha256"]:
                raise WarehouseError(f"damaged shard: {path} is not what was written")
    except (OSError, ValueError, KeyError) as error:
        raise WarehouseError(f"damaged shard: {folder}: {error}") from error


def is_whole(folder: Path) -> bool:
    """Whether the shard is there and undamaged, so that a later run may use it."""
    try:
        check(folder)
    except WarehouseError:
        return False
    return True


def pages(folder: Path) -> int:
    """How many documents the shard holds."""
    return int(pl.scan_parquet(folder / "documents.parquet").select(pl.len()).collect().item())


def read_documents(manifest: Path) -> pl.DataFrame:
    """Documents to derive again, as `Work.write_document_batches` wrote them: document_id, sha256, file_name, encoding, published_on
    (Date), raw_text; sorted by document_id."""
    return pl.read_parquet(manifest)


_Texts = Mapping[str, tuple[str, str]]
"""Title and body by article."""


def _misplaced(frames: Mapping[str, pl.DataFrame], table: str, texts: _Texts) -> Iterator[str]:
    """A line if the table has rows whose evidence is not in its place in the `texts` of the articles. In Python on purpose: a slice of a str costs nothing,
    whereas SQL and polars count code points from the start of the text for each row."""
    frame, column = frames[table], QUOTED[table]
    if "article_id" not in frame.columns:
        frame = frame.join(frames["incidents"].select("incident_id", "article_id"), on="incident_id", how="left", maintain_order="left")
    fields = frame["field"].to_list() if "field" in frame.columns else ["body"] * frame.height
    spans = zip(*(frame[c].to_list() for c in ("article_id", "start_char", "end_char", column)), fields, strict=True)
    wrong = [
        (article, start, end, evidence) for article, start, end, evidence, field in spans if _text(texts.get(article), field)[start:end] != evidence
    ]
    if wrong:
        article, start, end, evidence = wrong[0]
        yield f"{table}: {len(wrong)} rows without their {column} in place, such as {evidence[:60]!r} at {start}-{end} of article {article}"


def _text(texts: tuple[str, str] | None, field: str) -> str:
    """What the offsets count in: an article without a body has its evidence in the title."""
    title, body = texts or ("", "")
    return (field == "body" and body) or title


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
