"""A toy extraction for the loader's tests: pages as Python objects, batches of them as shards, and a driver that loads until nothing is
stale.

A page is a list of entries; what an entry's body says is found by simple patterns:
`President Ann Bell of FRA`, `President Bell`, `Minister Ann Bell` name office-holders; three capitals name a country; a sentence with
`pledged` is a commitment, with `attacked` an incident, each with the first office-holder of the article as party."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest

from schemas import TABLES
from schemas.derive import empty as empty_frame
from warehouse import publish as publishing
from warehouse import shards, store

COUNTRIES = {"FRA": "France", "DEU": "Germany", "JPN": "Japan"}
PERSON = re.compile(r"(President|Minister) (?:([A-Z][a-z]+) )?([A-Z][a-z]+)(?: of ([A-Z]{3}))?")
NO_DATE = {"edtf": None, "from": None, "to": None, "basis": "none", "text": None, "conflict": None}


def hashed(*values: object) -> str:
    return sha256("\x1f".join(str(v) for v in values).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Entry:
    title: str
    body: str = ""
    block: str = "main"


@dataclass(frozen=True)
class Page:
    entries: tuple[Entry, ...]
    language: str = "en"
    published_on: date | None = None

    @property
    def text(self) -> str:
        return "\n\n".join([self.language, *(f"{e.block}: {e.title}\n{e.body}" for e in self.entries)])

    @property
    def document_id(self) -> str:
        return sha256(self.text.encode()).hexdigest()[:16]


def page(*entries: Entry, language: str = "en", published_on: date | None = None) -> Page:
    return Page(entries, language, published_on)


def _dates(prefix: str, **values: object) -> dict[str, object]:
    return {f"{prefix}_{k}": v for k, v in {**NO_DATE, **values}.items()}


def _frame(table: str, rows: Iterable[dict[str, object]]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=empty_frame(table).schema).sort(TABLES[table].Config.metadata["key"])


def files_frame(files: dict[str, Page | str]) -> pl.DataFrame:
    return _frame(
        "files",
        (
            {
                "file_id": hashed(uri),
                "source_uri": uri,
                "file_name": uri.rsplit("/", 1)[-1],
                "document_id": p.document_id if isinstance(p, Page) else None,
                "status": "loaded" if isinstance(p, Page) else p,
                "status_reason": None if isinstance(p, Page) else "rejected",
                "size_bytes": len(p.text) if isinstance(p, Page) else 0,
                "modified_at": None,
                "observed_on": None,
                "published_on": p.published_on if isinstance(p, Page) else None,
                "url": None,
                "fingerprint": hashed(p),
                "first_run_id": None,
                "last_run_id": None,
            }
            for uri, p in files.items()
        ),
    )


def frames(files: dict[str, Page | str], documents: dict[str, Page]) -> dict[str, pl.DataFrame]:
    """A batch: `files` by source_uri (a Page, or a status for what is rejected), `documents` by file name."""
    rows: dict[str, list[dict[str, object]]] = {t: [] for t in shards.TABLES}
    fullest: dict[str, tuple[int, str, Entry, Page]] = {}
    n_placements: dict[str, int] = {}
    for name, p in {p.document_id: (n, p) for n, p in documents.items()}.values():
        english = p.language == "en"
        rows["documents"].append(
            {
                "document_id": p.document_id,
                "sha256": sha256(p.text.encode()).hexdigest(),
                "file_name": name,
                "encoding": "utf-8",
                "language": p.language,
                "layout": "toy" if english else None,
                "is_superseded": False,
                "published_on": p.published_on,
                "derivation": None,
                "raw_text": p.text,
            }
        )
        for position, entry in enumerate(p.entries if english else ()):
            story = hashed(entry.title, entry.body[:80])
            version = hashed(entry.title, entry.body, p.published_on)
            rows["article_placements"].append(
                {
                    "document_id": p.document_id,
                    "position": position,
                    "article_id": story,
                    "block": entry.block,
                    "section": None,
                    "start_char": 0,
                    "end_char": len(p.text),
                    "story_key": story,
                    "title_key": hashed(entry.title),
                    "version_id": version,
                    "body_chars": len(entry.body),
                }
            )
            n_placements[story] = n_placements.get(story, 0) + 1
            candidate = (-len(entry.body), version, entry, p)
            if story not in fullest or candidate[:2] < fullest[story][:2]:
                fullest[story] = candidate
    for story, (_, version, entry, p) in fullest.items():
        _article(rows, story, version, entry, p, n_placements[story])
    return {**{t: _frame(t, rows[t]) for t in shards.TABLES}, "files": files_frame(files)}


def _article(rows: dict[str, list[dict[str, object]]], story: str, version: str, entry: Entry, p: Page, n: int) -> None:
    published = {"from": p.published_on, "to": p.published_on, "basis": "metadata"} if p.published_on else {}
    body = entry.body
    rows["articles"].append(
        {
            "article_id": story,
            "title": entry.title,
            "body": body,
            **_dates("published", **published),
            "source_line": None,
            "publishers": None,
            "mentioned_iso3": sorted(set(re.findall("|".join(COUNTRIES), body))),
            "photo_line": None,
            "language": "en",
            "word_count": len(body.split()),
            "paragraph_count": 1,
            "is_teaser_only": entry.block != "main",
            "n_placements": n,
            "version_id": version,
        }
    )
    for found in re.finditer("|".join(COUNTRIES), body):
        span = {"article_id": story, "field": "body", "start_char": found.start(), "end_char": found.end()}
        rows["country_mentions"].append({**span, "iso3": found[0], "surface": found[0], "mention_type": "name"})
    people: dict[str, dict[str, object]] = {}
    for found in PERSON.finditer(body):
        office, first, surname, iso3 = found.groups()
        name = f"{first} {surname}" if first else surname
        key = hashed(name.lower(), iso3 or "")
        start = found.start(2) if first else found.start(3)
        span = {"article_id": story, "field": "body", "start_char": start, "end_char": found.end(3)}
        rows["minister_mentions"].append({**span, "minister_id": key, "surface": body[start : found.end(3)], "office": office, "tenure": "current"})
        person = people.setdefault(
            key,
            {
                "article_id": story,
                "person_key": key,
                "minister_id": None,
                "full_name": name,
                "name_key": name.lower(),
                "surname_key": surname.lower(),
                "is_surname_only": first is None,
                "country_iso3": iso3,
                "country_basis": "stated" if iso3 else "none",
                "organisation": None,
                "rank": "head_of_state" if office == "President" else "minister",
                "office": office,
                "portfolio": "head" if office == "President" else "other",
                "n_mentions": 0,
            },
        )
        person["n_mentions"] = int(str(person["n_mentions"])) + 1
    rows["article_ministers"] += people.values()
    speaker = next(iter(people), None)
    party = {"party_no": 0, "party_type": "person", "iso3": None, "minister_id": speaker, "name": "the office-holder"}
    for found in re.finditer(r"[^.]+\.", body):
        span = {"quote": found[0], "start_char": found.start(), "end_char": found.end()}
        if "pledged" in found[0]:
            key = hashed("commitment", story, found.start(), found[0])
            rows["commitments"].append(
                {
                    "commitment_id": key,
                    "article_id": story,
                    **span,
                    "speech_act": "pledge",
                    "stage": "pledged",
                    "firmness": "firm",
                    "is_negated": False,
                    "is_conditional": False,
                    "condition_text": None,
                    "reported_as": "asserted",
                    "speaker_minister_id": speaker,
                    "actors": ["the office-holder"],
                    "recipients": [],
                    "actor_iso3": [],
                    "recipient_iso3": [],
                    "action_text": None,
                    "topics": ["trade"],
                    "amount_value": None,
                    "amount_currency": None,
                    **_dates("made"),
                    **_dates("due"),
                    "plover_event": "AGREE",
                    "rule_id": "toy",
                }
            )
            rows["commitment_parties"].append({"commitment_id": key, "role": "actor", **party})
        if "attacked" in found[0]:
            key = hashed("incident", story, found.start(), found[0])
            rows["incidents"].append(
                {
                    "incident_id": key,
                    "article_id": story,
                    **span,
                    "incident_type": "attack",
                    "name": None,
                    "realis": "actual",
                    "perpetrators": ["the office-holder"],
                    "targets": [],
                    "responders": [],
                    "perpetrator_iso3": [],
                    "target_iso3": [],
                    **_dates("occurred"),
                    "location_iso3": None,
                    "plover_event": "ASSAULT",
                    "plover_mode": None,
                    "rule_id": "toy",
                }
            )
            rows["incident_parties"].append({"incident_id": key, "role": "perpetrator", **party})
            rows["incident_attributions"].append(
                {
                    "attribution_id": hashed("attribution", key),
                    "incident_id": key,
                    "attributing_name": None,
                    "attributing_iso3": "FRA",
                    "attributed_name": None,
                    "attributed_iso3": "DEU",
                    "stance": "asserted",
                    "hedge_cue": None,
                    "basis": None,
                    "initiator_category": "state",
                    **span,
                }
            )


class Driver:
    """Plays the flow: keeps a folder of pages in mind, loads what it is given, derives again what the loader asks for, publishes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.warehouse = folder / "w.duckdb"
        self.exports = folder / "exports"
        self._pages: dict[str, Page] = {}
        self._n = 0

    def copy(self, folder: Path) -> Driver:
        """Another with the same state, in a new folder."""
        twin = Driver(Path(shutil.copytree(self.folder, folder, symlinks=True)))
        twin._pages, twin._n = dict(self._pages), self._n
        return twin

    def shard(self, files: dict[str, Page | str], documents: dict[str, Page] | None = None) -> Path:
        self._n += 1
        path = self.folder / "staging" / f"batch-{self._n:05d}"
        if documents is None:
            documents = {uri.rsplit("/", 1)[-1]: p for uri, p in files.items() if isinstance(p, Page)}
        shards.write(frames(files, documents), path)
        return path

    def run_info(self) -> store.RunInfo:
        self._n += 1
        return store.RunInfo(f"run-{self._n}", datetime.now(UTC).replace(tzinfo=None), "0")

    def load(
        self, work: store.Work, *batches: dict[str, Page | str], gone: Sequence[str] = (), prune: bool = False, rules: str = "r1"
    ) -> list[tuple[str, ...]]:
        """Loads batches, then what is to be derived again, until nothing is. Gives what each round asked for."""
        work.load_countries(countries())
        for batch in batches:
            for p in batch.values():
                if isinstance(p, Page):
                    self._pages[p.document_id] = p
        run = self.run_info()
        result = work.load([self.shard(b) for b in batches], list(gone), prune, run, rules)
        asked = [result.derive_again]
        while result.derive_again:
            assert len(asked) < 5, "the loader asks for ever"
            paths = []
            for manifest in work.write_document_batches(result.derive_again, self.folder / "manifests", size=2):
                documents = {}
                for row in shards.read_documents(manifest).iter_rows(named=True):
                    p = self._pages[row["document_id"]]
                    assert p.text == row["raw_text"]
                    documents[row["document_id"]] = Page(p.entries, p.language, row["published_on"])
                paths.append(self.shard({}, documents))
            result = work.load(paths, [], prune, run, rules)
            asked.append(result.derive_again)
        return asked

    def build(
        self, *batches: dict[str, Page | str], gone: Sequence[str] = (), prune: bool = False, rules: str = "r1", force: bool = False
    ) -> publishing.Published:
        with store.open_work(self.warehouse) as work:
            self.load(work, *batches, gone=gone, prune=prune, rules=rules)
            return publishing.publish(work, self.exports, self.run_info(), force=force)


def countries() -> pl.DataFrame:
    return _frame(
        "countries",
        (
            {
                "iso3": iso3,
                "iso2": iso3[:2],
                "iso_numeric": None,
                "name": name,
                "official_name": name,
                "capital": None,
                "un_region": None,
                "un_subregion": None,
                "is_un_member": True,
            }
            for iso3, name in COUNTRIES.items()
        ),
    )


def comparable(work: store.Work) -> dict[str, list[tuple[object, ...]]]:
    """The rows that must be the same however the warehouse came about: all but runs, files and superseded documents."""
    tables = {}
    for table in (t for t in TABLES if t not in ("runs", "files")):
        live = "WHERE NOT is_superseded" if table == "documents" else ""
        tables[table] = work.con.execute(f"SELECT * FROM main.{table} {live} ORDER BY ALL").fetchall()
    return tables


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Driver:
    driver = Driver(tmp_path_factory.mktemp("empty"))
    with store.open_work(driver.warehouse):
        pass
    return driver


@pytest.fixture
def driver(empty: Driver, tmp_path: Path) -> Driver:
    """On a folder with an empty work file, where nothing is published: to make its tables takes as long as a load."""
    return empty.copy(tmp_path / "warehouse")


@pytest.fixture(scope="session")
def toy() -> SimpleNamespace:
    """The names above, for tests, which cannot import a conftest."""
    return SimpleNamespace(Driver=Driver, frames=frames, Entry=Entry, Page=Page, page=page, comparable=comparable, hashed=hashed, countries=countries)
