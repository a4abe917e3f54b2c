"""The exports of the sample pages: what their files, their data package and their README say of them is true."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet as pq
import pytest
from frictionless import Package

from flows import cli
from schemas import TABLES
from schemas.derive import contract
from warehouse import analytics, database, datapackage, export

GOLDEN = Path(__file__).parents[1] / "goldens" / "exports.json"


@pytest.fixture(scope="module")
def exports(sample: Path) -> Path:
    return sample / cli.EXPORTS


@pytest.fixture(scope="module")
def package(exports: Path) -> dict[str, Any]:
    return dict(json.loads((exports / export.PACKAGE).read_text(encoding="utf-8")))


def test_the_package_is_valid_with_every_row_of_every_file(exports: Path) -> None:
    report = Package(str(exports / export.PACKAGE)).validate()
    assert report.valid, report.flatten(["name", "type", "note"])[:5]
    assert len(report.tasks) == len(list(exports.glob("*.parquet")))


def test_the_package_says_what_each_file_is(exports: Path, package: dict[str, Any]) -> None:
    views = {name: view for name, view in analytics.views().items() if view.order}
    assert [r["name"] for r in package["resources"]] == [*export.EXPORTED, *views]
    for resource in package["resources"]:
        path = exports / resource["path"]
        found = pq.read_schema(path)
        assert resource["hash"] == f"sha256:{export.digest(path)}"
        assert resource["size_bytes"] == path.stat().st_size
        assert resource["rows"] == pl.read_parquet(path).height
        assert [field["name"] for field in resource["schema"]["fields"]] == found.names
        assert all(field["description"] for field in resource["schema"]["fields"])
        assert found.metadata[b"schema_version"].decode() == package["version"]
        assert found.metadata[b"description"].decode() == resource["description"]
        assert all(field.metadata[b"description"] for field in found)


def test_keys_and_references_are_those_of_the_contracts(package: dict[str, Any]) -> None:
    schemas = {r["name"]: r["schema"] for r in package["resources"]}
    assert all(schemas[table]["primaryKey"] == list(contract(table).key) for table in export.EXPORTED)
    said = {(t, k["fields"][0], k["reference"]["resource"]) for t in export.EXPORTED for k in schemas[t].get("foreignKeys", [])}
    assert said == {(t, column, target) for t in export.EXPORTED for column, target, _ in contract(t).references}
    assert {"fields": ["article_id"], "reference": {"resource": "articles", "fields": ["article_id"]}} in schemas["commitment_ledger"]["foreignKeys"]


@pytest.mark.parametrize("view", [view for view in analytics.views().values() if view.order], ids=lambda view: view.name)
def test_views_are_exported_as_they_answer(exports: Path, sample: Path, view: analytics.View) -> None:
    order = ", ".join(view.order)
    with database.connect(sample / cli.WAREHOUSE) as con:
        expected = con.execute(f"FROM analytics.{view.name} ORDER BY {order}").pl()
    assert expected.height
    assert pl.read_parquet(exports / f"{view.name}.parquet").equals(expected)


def test_other_readers_find_version_and_description_too(exports: Path) -> None:
    with database.work_session(exports.parent / "scratch.duckdb") as con:
        rows = con.execute(f"SELECT key::VARCHAR, value::VARCHAR FROM parquet_kv_metadata('{exports}/commitments.parquet')").fetchall()
    assert dict(rows)["schema_version"] == datapackage.VERSION
    assert dict(rows)["description"] == contract("commitments").title


def test_the_readme_names_every_file_and_how_to_pin_the_version(exports: Path, package: dict[str, Any]) -> None:
    readme = (exports / export.README).read_text(encoding="utf-8")
    assert all(f"| `{r['path']}` | {r['rows']:,} |" in readme for r in package["resources"])
    assert f'== "{package["version"].split(".")[0]}"' in readme


def test_the_version_says_what_changed(package: dict[str, Any], request: pytest.FixtureRequest) -> None:
    """Against the columns written down in tests/goldens/exports.json with their version: gone or of another type, the first number must have risen;
    added, the second. Then --update-golden writes them anew."""
    columns = {r["name"]: {field["name"]: field["type"] for field in r["schema"]["fields"]} for r in package["resources"]}
    if not GOLDEN.exists():
        GOLDEN.write_text(json.dumps({"version": package["version"], "columns": columns}, indent=1) + "\n", encoding="utf-8")
    known = json.loads(GOLDEN.read_text(encoding="utf-8"))
    was, now = (tuple(map(int, version.split("."))) for version in (known["version"], package["version"]))
    if columns != known["columns"]:
        lost = [f"{t}.{c}" for t, c, kind in _flat(known["columns"]) if columns.get(t, {}).get(c) != kind]
        needed = (was[0] + 1,) if lost else (was[0], was[1] + 1)
        assert now >= needed, (
            f"raise VERSION in warehouse/datapackage.py to {'.'.join(map(str, (*needed, 0, 0)[:3]))}: {lost or 'columns were added'}"
        )
        assert request.config.getoption("--update-golden"), "pytest tests/warehouse/test_export.py --update-golden writes the new columns down"
        GOLDEN.write_text(json.dumps({"version": package["version"], "columns": columns}, indent=1) + "\n", encoding="utf-8")
    else:
        assert now == was


def _flat(columns: dict[str, dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    return ((table, column, kind) for table, named in columns.items() for column, kind in named.items())


def test_large_tables_are_split_by_their_key(sample: Path, exports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "ROWS_PER_FILE", {"articles": 6, "country_mentions": 40, "commitment_ledger": 10})
    copy = tmp_path / "work.duckdb"
    copy.write_bytes((sample / cli.WAREHOUSE).read_bytes())
    with database.work_session(copy) as con:
        folder = export.write(con, tmp_path / "exports", "0")
    for table, least in (("articles", 4), ("country_mentions", 3), ("commitment_ledger", 4)):
        files = sorted(folder.glob(f"{table}*.parquet"))
        assert [path.name for path in files] == [f"{table}-{n:03d}.parquet" for n in range(1, len(files) + 1)]
        assert len(files) >= least
        assert pl.concat(map(pl.read_parquet, files)).equals(pl.read_parquet(exports / f"{table}.parquet"))
    package = Package(str(folder / export.PACKAGE))
    references = {key["reference"]["resource"] for r in package.resources for key in r.schema.foreign_keys}
    assert references
    assert "articles" not in references
    assert set(TABLES) - {"runs", "articles", "country_mentions"} <= {r.name for r in package.resources}
