"""The run command on real pages: what comes out, that it is the same however the work is cut, and what it says where it cannot work."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars as pl
import pytest

from flows import cli
from flows.direct import run as run_direct
from flows.operations import Request, Summary
from flows.progress import Lines
from schemas import TABLES
from warehouse import reference
from warehouse.verify import verify

PROJECT = Path(__file__).parents[2]
SEEDS = PROJECT / "seeds" / "articles"
SHARED = PROJECT.parent / "shared"


def build(folder: Path, *inputs: Path, batch_pages: int = 1000) -> Summary:
    request = Request(inputs or (SEEDS,), folder / "warehouse.duckdb", folder / "exports", batch_pages=batch_pages)
    return run_direct(request, 1, Lines())


def communique(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)
    captured = capsys.readouterr()
    return int(caught.value.code or 0), captured.out, captured.err


def exports(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "exports").glob("*.parquet"))}


@pytest.fixture
def built(sample: Path) -> Path:
    return (sample / cli.WAREHOUSE).parent


def test_sample_pages(built: Path) -> None:
    files = pl.read_parquet(built / "exports" / "files.parquet")
    pages = [path for path in SEEDS.iterdir() if not path.name.endswith(".meta.json")]
    assert files.height == len(pages) >= 8
    by_name = dict(files.select("file_name", "status").iter_rows())
    assert by_name.pop("hafen-deutsch.txt") == "unsupported_language"
    assert set(by_name.values()) == {"loaded"}
    documents = dict(pl.read_parquet(built / "exports" / "documents.parquet").select("file_name", "encoding").iter_rows())
    assert documents["power-cable-cp1252.txt"] == "cp1252"
    articles = pl.read_parquet(built / "exports" / "articles.parquet")
    assert articles.filter(pl.col("title").str.starts_with("Tanker convoy"))["published_basis"].to_list() == ["metadata"]
    assert not articles["body"].str.contains(r"(?im)^(?:source|photo):|click the image").any()


@pytest.mark.parametrize(
    "table",
    ["articles", "article_placements", "ministers", "commitments", "commitment_parties", "incidents", "incident_parties", "incident_attributions"],
)
def test_sample_pages_give_the_golden_rows(built: Path, golden: Callable[[str, pl.DataFrame], None], table: str) -> None:
    frame = pl.read_parquet(built / "exports" / f"{table}.parquet")
    golden(f"seeds/{table}", frame.drop([c for c in ("body", "version_id") if c in frame.columns]))


def test_nothing_is_found_by_verify(built: Path) -> None:
    assert verify(built / "warehouse.duckdb", built / "exports") == []


def test_rows_do_not_depend_on_batches_or_a_second_run(built: Path, tmp_path: Path) -> None:
    """Nor on workers, which give the same batches: test_operations."""
    build(tmp_path, batch_pages=3)
    assert exports(tmp_path) == exports(built)
    again = build(tmp_path)
    assert not again.published
    assert exports(tmp_path) == exports(built)


def test_every_table_is_there_and_described(built: Path) -> None:
    with duckdb.connect(str(built / "warehouse.duckdb"), read_only=True) as con:
        comments = dict(con.execute("SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = 'main'").fetchall())
        bare = con.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'main' AND comment IS NULL AND NOT internal"
        ).fetchall()
        views = con.execute("SELECT view_name, comment FROM duckdb_views() WHERE schema_name = 'analytics'").fetchall()
    assert set(TABLES) <= set(comments)
    assert all(comments[table] for table in TABLES)
    assert [row for row in bare if row[0] in TABLES] == []
    assert {"commitment_ledger", "incident_ledger", "attribution_matrix", "country_activity", "minister_directory", "file_status"} <= {
        v for v, _ in views
    }
    assert all(comment for _, comment in views)


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (lambda p: (p / "missing", p / "w.duckdb"), "no such file"),
        (lambda p: ((p / "empty").mkdir() or p / "empty", p / "w.duckdb"), "no files"),
        (lambda p: (SEEDS, (p / "folder").mkdir() or p / "folder"), "folder"),
        (lambda p: (SEEDS, (p / "text.duckdb").write_text("no database") and p / "text.duckdb"), "not a DuckDB file"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_touches_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], make: Callable[[Path], tuple[Path, Path]], word: str
) -> None:
    pages, warehouse = make(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    code, out, err = communique(capsys, "run", str(pages), "--direct", "--warehouse", str(warehouse), "--no-exports")
    assert code in (1, 2)
    assert out == ""
    assert len(err.splitlines()) == 1
    assert word in err
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_a_duckdb_file_of_others_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    theirs = tmp_path / "theirs.duckdb"
    with duckdb.connect(str(theirs)) as con:
        con.execute("CREATE TABLE a AS SELECT 1 AS b")
    before = theirs.read_bytes()
    code, _, err = communique(capsys, "run", str(SEEDS), "--direct", "--warehouse", str(theirs), "--no-exports")
    assert (code, theirs.read_bytes()) == (1, before)
    assert "not a warehouse of communique" in err


def test_strict_tells_rejected_files_under_the_inputs_new_or_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("good", "bad"):
        (tmp_path / name).mkdir()
    (tmp_path / "good" / "page.txt").write_text("Chile and Peru agree\n\nChile and Peru agreed to share data on fishing fleets.\n")
    (tmp_path / "bad" / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")

    def run(*arguments: str) -> tuple[int, str]:
        code, out, _ = communique(capsys, "run", *arguments, "--direct", "--workers", "1", "--warehouse", str(tmp_path / "w.duckdb"), "--no-exports")
        return code, out

    bad, good = str(tmp_path / "bad"), str(tmp_path / "good")
    code, out = run(bad, good, "--strict")
    assert code == 3
    assert "not_text" in out
    assert run(bad, "--strict")[0] == 3
    assert run(bad)[0] == 0
    assert run(good, "--strict")[0] == 0


def test_limits_are_settings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    words = b"lorem ipsum dolor "  # no English: nothing is extracted
    (pages / "large.txt").write_bytes(words * 120_000)
    with zipfile.ZipFile(pages / "many.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"{number}.txt", words + str(number).encode())
    with zipfile.ZipFile(pages / "big.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(2):
            archive.writestr(f"{number}.txt", words * 50_000 + str(number).encode())
    (pages / "dense.txt.gz").write_bytes(gzip.compress(words * 70_000))

    def reasons(*limits: str) -> dict[str, str]:
        where = ("--direct", "--workers", "1", "--warehouse", str(tmp_path / "w.duckdb"), "--no-exports")
        assert communique(capsys, "run", str(pages), *where, *limits)[0] == 0
        with duckdb.connect(str(tmp_path / "w.duckdb"), read_only=True) as con:
            query = "SELECT split_part(source_uri, '/pages/', 2), status_reason FROM main.files WHERE status = 'too_large' ORDER BY 1"
            return dict(con.execute(query).fetchall())

    assert reasons("--max-file-mib", "2", "--max-archive-entries", "2", "--max-archive-mib", "1", "--max-ratio", "10") == {
        "big.zip!/1.txt": "the archive unpacks to more than 1.0 MiB",
        "dense.txt.gz": "unpacks to more than 10 times its size",
        "large.txt": "2.1 MiB, more than the limit of 2.0 MiB",
        "many.zip": "more than 2 entries",
    }
    # Without them the defaults hold, and what was refused is looked at again.
    assert set(reasons()) == {"dense.txt.gz"}


def test_evidence_sql_status_and_verify(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    warehouse = ("--warehouse", str(built / "warehouse.duckdb"))
    with duckdb.connect(str(built / "warehouse.duckdb"), read_only=True) as con:
        ids = [
            con.execute(f"SELECT min({c}), min_by(quote, {c}) FROM {t}").fetchall()[0]
            for t, c in (("commitments", "commitment_id"), ("incidents", "incident_id"), ("incident_attributions", "attribution_id"))
        ]
    for evidence_id, quote in ids:
        code, out, _ = communique(capsys, "evidence", evidence_id, *warehouse)
        assert code == 0
        assert f">>> {quote} <<<" in out
    assert communique(capsys, "evidence", "0" * 16, *warehouse)[0] == 1
    code, out, _ = communique(capsys, "sql", "SELECT count(*) AS n FROM countries", "--csv", *warehouse)
    assert (code, out) == (0, "n\n250\n")
    code, _, err = communique(capsys, "sql", "FROM read_text('/etc/hostname')", *warehouse)
    assert code == 1
    assert len(err.splitlines()) == 1
    code, out, _ = communique(capsys, "status", *warehouse)
    assert code == 0
    assert "unsupported_language" in out
    assert communique(capsys, "verify", *warehouse, "--exports", str(built / "exports")) == (0, f"no findings in {built / 'warehouse.duckdb'}\n", "")


def test_status_says_when_the_rules_have_changed(built: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    now = reference.rules_version()
    assert f"rules {now}, as now" in communique(capsys, "status", "--warehouse", str(built / "warehouse.duckdb"))[1]
    monkeypatch.setattr(reference, "rules_version", lambda: "0123456789abcdef")
    _, out, _ = communique(capsys, "status", "--warehouse", str(built / "warehouse.duckdb"))
    assert f"rules {now}, now 0123456789abcdef: the next run derives everything again" in out


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the real seed page is not beside this checkout")
def test_the_real_seed_page(tmp_path: Path) -> None:
    build(tmp_path, SHARED / "seeds")
    with duckdb.connect(str(tmp_path / "warehouse.duckdb"), read_only=True) as con:

        def rows(sql: str) -> list[tuple[object, ...]]:
            return con.execute(sql).fetchall()

        assert rows("SELECT status, count(*) FROM files GROUP BY ALL") == [("loaded", 1)]
        assert rows("SELECT count(DISTINCT article_id), count(*) FROM article_placements") == [(3, 4)]
        assert rows("SELECT count(*) FROM articles WHERE body ILIKE '%source:%' OR body ILIKE '%photo:%' OR body ILIKE '%click the image%'") == [(0,)]
        main = "(SELECT article_id FROM article_placements WHERE block = 'main')"
        named = f"SELECT DISTINCT iso3 FROM country_mentions WHERE mention_type <> 'capital' AND article_id IN {main} ORDER BY 1"
        assert rows(named) == [("CHN",), ("JPN",), ("KOR",), ("USA",)]
        assert set(rows("SELECT DISTINCT surface, iso3 FROM country_mentions WHERE mention_type = 'capital'")) >= {
            ("Washington", "USA"),
            ("Berlin", "DEU"),
            ("Moscow", "RUS"),
        }
        people = "SELECT full_name, country_iso3, rank IN ('head_of_state'), country_basis FROM ministers ORDER BY full_name"
        assert [row[:3] for row in rows(people)] == [
            ("Ahn Duk-Geun", "KOR", False),
            ("Gina Raimondo", "USA", False),
            ("Joe Biden", "USA", True),
            ("Ken Saito", "JPN", False),
        ]
        acts = {
            row[0]: row[1:]
            for row in rows(
                """SELECT rule_id || ' ' || start_char, made_edtf, reported_as,
                    (SELECT list_sort(list(DISTINCT coalesce(iso3, name))) FROM commitment_parties p WHERE p.commitment_id = c.commitment_id AND role = 'actor'),
                    (SELECT list_sort(list(DISTINCT coalesce(iso3, name))) FROM commitment_parties p WHERE p.commitment_id = c.commitment_id AND role = 'recipient'),
                    (SELECT full_name FROM ministers WHERE minister_id = speaker_minister_id)
                FROM commitments c"""
            )
        }
        found = list(acts.values())
        assert ("XXXX-06-27", "reported_speech", ["JPN", "KOR", "USA"], None, None) in found  # the opening pledge
        assert (None, "asserted", ["JPN", "KOR", "USA"], None, None) in found  # "They pledged to prioritise …"
        assert any(row[1] == "direct_quote" and row[2] == ["JPN"] and row[4] == "Ken Saito" for row in found)
        assert any(row[2:4] == (["USA"], ["CHN"]) for row in found)
        assert any(row[2:4] == (["European Union"], ["AFG"]) for row in found)
        assert len(found) == 5


def test_golden_folder_holds_no_strays() -> None:
    folder = Path(__file__).parents[1] / "goldens" / "seeds"
    lines = [json.loads(line) for path in folder.glob("*.jsonl") for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(lines) > 100
