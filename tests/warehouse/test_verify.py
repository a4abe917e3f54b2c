"""`verify` finds every kind of corruption."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest

from warehouse import database
from warehouse.errors import WarehouseError
from warehouse.verify import verify


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, toy: SimpleNamespace) -> Any:
    """A warehouse that no test changes: those that would, change a copy."""
    driver = toy.Driver(tmp_path_factory.mktemp("built"))
    teaser = toy.Entry("Title 1", "President Ann.", "related")
    driver.build(
        {
            "file:///1": toy.page(toy.Entry("Title 1", "President Ann Bell of FRA pledged help. DEU attacked JPN.")),
            "file:///2": toy.page(toy.Entry("Title 2", "Minister Bell pledged “aïd” to FRA."), teaser),
            "file:///3": toy.page(toy.Entry("Drei", "x"), language="de"),
            "file:///4": "empty",
        }
    )
    driver.build({"file:///5": toy.page(toy.Entry("Old", "FRA."))}, {"file:///6": toy.page(toy.Entry("Drei", "x"), language="de")})
    driver.build({"file:///5": toy.page(toy.Entry("New", "FRA."))})
    return driver


@pytest.fixture
def copy(built: Any, tmp_path: Path, toy: SimpleNamespace) -> Any:
    return toy.Driver(shutil.copytree(built.folder, tmp_path / "copy", symlinks=True))


def test_a_sound_warehouse_has_no_findings(built: Any) -> None:
    assert verify(built.warehouse, built.exports) == []


CORRUPTIONS = {
    "key": "INSERT INTO commitments SELECT * FROM commitments LIMIT 1",
    "key of a mention": "INSERT INTO country_mentions SELECT * FROM country_mentions LIMIT 1",
    "values": "UPDATE commitments SET stage = 'dreamt'",
    "values: pattern": "UPDATE documents SET sha256 = 'x' || sha256[2:]",
    "values: range": "UPDATE country_mentions SET start_char = -1 WHERE start_char = (SELECT min(start_char) FROM country_mentions)",
    "reference": "DELETE FROM countries WHERE iso3 = 'FRA'",
    "reference: article": "DELETE FROM articles WHERE title = 'Title 1'",
    "reference: person": "UPDATE commitment_parties SET minister_id = '0123456789abcdef' WHERE minister_id IS NOT NULL",
    "span": "UPDATE country_mentions SET surface = 'XXX' WHERE iso3 = 'JPN'",
    "span: minister": "UPDATE minister_mentions SET end_char = end_char + 1",
    "span: commitment": "UPDATE commitments SET start_char = start_char + 1, end_char = end_char + 1",
    "span: incident": "UPDATE incidents SET quote = quote || ' '",
    "span: attribution": "UPDATE incident_attributions SET end_char = start_char",
    "ledger": "UPDATE files SET document_id = '0123456789abcdef' WHERE status = 'loaded'",
    "ledger: rejected": "UPDATE files SET document_id = (SELECT min(document_id) FROM documents) WHERE status = 'empty'",
    "ledger: reason": "UPDATE files SET status_reason = NULL WHERE status = 'empty'",
    "ledger: twice": "UPDATE files SET status = 'loaded' WHERE status = 'duplicate'",
    "live": "UPDATE documents SET is_superseded = false",
    "live: lost": "UPDATE documents SET is_superseded = true",
    "live: placement": "UPDATE article_placements SET document_id = (SELECT document_id FROM documents WHERE language = 'de') WHERE position = 1",
    "stories": "UPDATE articles SET n_placements = n_placements + 1",
    "stories: teaser": "UPDATE articles SET is_teaser_only = NOT is_teaser_only",
    "stories: version": "UPDATE articles SET version_id = '0123456789abcdef'",
    "stories: body": "UPDATE articles SET body = body || ' and more'",
    "stories: place": "UPDATE article_placements SET end_char = 100000",
    "people": "INSERT INTO ministers SELECT * REPLACE ('0123456789abcdef' AS minister_id) FROM ministers LIMIT 1",
    "people: mention": "DELETE FROM article_ministers WHERE minister_id = (SELECT min(minister_id) FROM ministers)",
    "views": "DROP SCHEMA analytics CASCADE; CREATE SCHEMA analytics; CREATE VIEW analytics.v AS SELECT error('x') AS x FROM main.articles",
    "views: none": "DROP SCHEMA analytics CASCADE",
}


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_a_corruption_is_found(built: Any, tmp_path: Path, name: str) -> None:
    damaged = tmp_path / "damaged.duckdb"
    shutil.copyfile(built.warehouse, damaged)
    with database.work_session(damaged) as con:
        changed = con.execute(CORRUPTIONS[name]).fetchall()
    assert changed in ([], [(0,)]) or changed[0][0] > 0
    assert changed != [(0,)] or "DROP" in CORRUPTIONS[name]
    found = verify(damaged)
    assert name.split(":")[0].split(" ")[0] in {finding.check for finding in found}, [str(f) for f in found]


def test_exports_of_another_publication_are_found(copy: Any, built: Any, toy: SimpleNamespace) -> None:
    copy.build({"file:///7": toy.page(toy.Entry("Newer", "JPN."))})
    assert [f.check for f in verify(copy.warehouse, built.exports)] == ["exports"]
    assert verify(copy.warehouse, copy.exports) == []


def test_a_damaged_export_is_found(copy: Any) -> None:
    path = copy.exports.resolve() / "articles.parquet"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-10])
    assert [(f.check, f.table) for f in verify(copy.warehouse, copy.exports)] == [("exports", "articles")]


def test_a_warehouse_of_another_version_is_refused(built: Any, tmp_path: Path) -> None:
    other = tmp_path / "other.duckdb"
    shutil.copyfile(built.warehouse, other)
    with database.work_session(other) as con:
        database.set_state(con, schema_version="older")
    with pytest.raises(WarehouseError, match="another version"):
        verify(other)


def test_a_damaged_file_is_one_line(built: Any, tmp_path: Path) -> None:
    other = tmp_path / "other.duckdb"
    content = bytearray(built.warehouse.read_bytes())
    content[3 * 4096 + 600 : -600] = bytes(len(content) - 3 * 4096 - 1200)
    other.write_bytes(content)
    with pytest.raises((WarehouseError, duckdb.Error)) as caught:
        verify(other)
    assert isinstance(caught.value, WarehouseError)
    assert "\n" not in str(caught.value)
