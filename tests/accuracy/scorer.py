"""Precision and recall of a warehouse against labelled pages, by table, with every miss and false find.

Sentences match if they share half of the shorter one; each label takes at most one row (best assignment), further rows on its sentences
are duplicates, and rows on doubtful labels are left out. Names match if rapidfuzz's token_set_ratio of their bare forms is 90 or more, titles at a ratio of 90.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from rapidfuzz import fuzz
from scipy.optimize import linear_sum_assignment

from tests.accuracy.labels import Page, Spans, bare, plain, read

Row = dict[str, Any]
KINDS = ("articles", "countries", "ministers", "commitments", "incidents")
EU_COUNTRY = {None, "", "EU", "EUE", "EUU"}
RANK = {"head_of_state": "head", "head_of_government": "head", "deputy_minister": "deputy", "eu_official": "eu"}
STANCE_OF_REALIS = {
    "actual": "asserted",
    "attempted": "asserted",
    "denied": "denied",
    "alleged": "hedged",
    "threatened": "hedged",
    "planned": "hedged",
}
CAUTIOUS_FIRST = ("denied", "contested", "hedged", "asserted")


@dataclass
class Count:
    """Right, wrong and missed items of one table; `ignored` are finds on doubtful labels, `duplicates` further finds of a found label."""

    tp: int = 0
    fp: int = 0
    fn: int = 0
    ignored: int = 0
    duplicates: int = 0

    @property
    def precision(self) -> float | None:
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else (0.0 if self.fn else None)

    @property
    def recall(self) -> float | None:
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else None

    @property
    def f1(self) -> float | None:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p and r else (None if r is None else 0.0)


@dataclass
class Miss:
    """A label that no row found (`label`) or a row that no label knows (`row`)."""

    page: str
    kind: str
    label: Any = None
    row: Row | None = None


@dataclass
class Score:
    counts: dict[str, Count] = field(default_factory=lambda: {k: Count() for k in KINDS})
    shares: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    on_empty_pages: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    misses: list[Miss] = field(default_factory=list)

    def share(self, name: str, right: bool) -> None:
        self.shares[name][0] += right
        self.shares[name][1] += 1

    def metrics(self) -> dict[str, float | None]:
        """Every figure by the name that the labels' own scorer gives it."""
        result: dict[str, float | None] = {}
        for kind, count in self.counts.items():
            result |= {f"{kind}.precision": count.precision, f"{kind}.recall": count.recall, f"{kind}.f1": count.f1}
        for name, (right, asked) in sorted(self.shares.items()):
            result[name if name == "documents.found" else f"{name}.accuracy"] = right / asked if asked else 0.0
        for kind in ("ministers", "commitments", "incidents"):
            result[f"{kind}.false_positives_on_empty_pages"] = self.on_empty_pages[kind][0]
        return result


def score(warehouse: Path, gold: Path) -> Score:
    """Scores a published warehouse against the labels in `gold`."""
    tables = _Tables(warehouse)
    result = Score()
    for page in read(gold):
        _Pager(page, tables, result).score()
    return result


class _Tables:
    """What the scorer reads of a warehouse."""

    def __init__(self, path: Path) -> None:
        with duckdb.connect(str(path), read_only=True) as connection:

            def rows(sql: str) -> list[Row]:
                cursor = connection.execute(sql)
                names = [d[0] for d in cursor.description or ()]
                return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]

            self.documents = _by(rows("FROM documents SELECT document_id, sha256"), "sha256")
            self.placements = _by(rows("FROM article_placements SELECT * ORDER BY document_id, position"), "document_id")
            self.articles = {r["article_id"]: r for r in rows("FROM articles SELECT article_id, title, published_from")}
            self.countries = _by(rows("FROM country_mentions"), "article_id")
            self.ministers = {r["minister_id"]: r for r in rows("FROM ministers")}
            self.minister_mentions = _by(rows("FROM minister_mentions ORDER BY ALL"), "article_id")
            self.commitments = _by(rows("FROM commitments ORDER BY commitment_id"), "article_id")
            self.incidents = _by(rows("FROM incidents ORDER BY incident_id"), "article_id")
            self.parties = _by(rows("FROM incident_parties"), "incident_id")
            self.attributions = _by(rows("FROM incident_attributions"), "incident_id")

    def stance(self, incident: Row) -> str:
        said = {a["stance"] for a in self.attributions.get(incident["incident_id"], ())}
        found = next((c for c in CAUTIOUS_FIRST if c in said), STANCE_OF_REALIS[incident["realis"]])
        return "denied" if found == "contested" else found

    def party(self, incident: Row, role: str) -> set[str]:
        return {p["iso3"] for p in self.parties.get(incident["incident_id"], ()) if p["role"] == role and p["iso3"]}


def _by(rows: Iterable[Row], column: str) -> dict[Any, list[Row]]:
    result: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        result[row[column]].append(row)
    return result


class _Pager:
    """Scores one page."""

    def __init__(self, page: Page, tables: _Tables, result: Score) -> None:
        self.page, self.labels, self.tables, self.result = page, page.labels, tables, result
        documents = tables.documents.get(self.labels["sha256"], [])
        result.share("documents.found", bool(documents))
        self.placed: dict[str, Row] = {}
        for document in documents:
            for placement in tables.placements.get(document["document_id"], ()):
                if placement["article_id"] in tables.articles:
                    self.placed.setdefault(placement["article_id"], placement)

    def score(self) -> None:
        self.articles()
        self.countries()
        self.ministers()
        self.sentences("commitments", self._of(self.tables.commitments), lambda *_: 0)
        self.incidents()

    def _of(self, table: dict[Any, list[Row]]) -> list[Row]:
        return [row for article in self.placed for row in table.get(article, ())]

    def _wrong(self, kind: str, row: Row) -> None:
        self.result.counts[kind].fp += 1
        self.result.misses.append(Miss(self.page.file, kind, row=row))

    def _missed(self, kind: str, label: Any) -> None:
        self.result.counts[kind].fn += 1
        self.result.misses.append(Miss(self.page.file, kind, label=label))

    def articles(self) -> None:
        count, wanted = self.result.counts["articles"], self.labels["articles"]
        found = [(self.tables.articles[a], p["block"] == "main") for a, p in self.placed.items()]
        chosen = assign(
            [
                [(10 + (main == bool(label["is_main"]))) * same_title(self.page.text(label["title"]), row["title"]) for row, main in found]
                for label in wanted
            ]
        )
        for label, j in zip(wanted, chosen, strict=True):
            if j is None:
                self._missed("articles", label)
                continue
            count.tp += 1
            row, main = found[j]
            self.result.share("articles.main_or_teaser", main == bool(label["is_main"]))
            if label["is_main"] and label.get("published_date"):
                self.result.share("articles.published_on", str(row["published_from"] or "")[:10] == label["published_date"])
        for j, (row, main) in enumerate(found):
            if j in chosen:
                continue
            if any(same_title(self.page.text(label["title"]), row["title"]) for label in wanted):
                count.duplicates += 1
            elif not main and self.labels.get("articles_complete") is False:
                count.ignored += 1
            else:
                self._wrong("articles", row)

    def countries(self) -> None:
        count, labels = self.result.counts["countries"], self.labels["countries"]
        found = {r["iso3"] for r in self._of(self.tables.countries) if r["mention_type"] != "capital"}
        sure = {x["iso3"] for x in labels if not x.get("doubtful") and x["via"] != "metonym"}
        doubtful = {x["iso3"] for x in labels} - sure
        count.tp += len(found & sure)
        count.ignored += len(found & doubtful)
        for iso3 in sorted(sure - found):
            self._missed("countries", iso3)
        for iso3 in sorted(found - sure - doubtful):
            self._wrong("countries", {"iso3": iso3})

    def ministers(self) -> None:
        count = self.result.counts["ministers"]
        people: dict[str, list[str | None]] = defaultdict(list)
        for mention in self._of(self.tables.minister_mentions):
            people[mention["minister_id"]].append(mention["office"])
        found = [(self.tables.ministers[key], offices) for key, offices in people.items() if key in self.tables.ministers]
        sure, doubtful = _split(self.labels["ministers"])
        chosen = assign([[fuzz.ratio(bare(x["name"]), bare(row["full_name"])) + 10 if same_name(x, row) else 0 for row, _ in found] for x in sure])
        for label, j in zip(sure, chosen, strict=True):
            if j is None:
                self._missed("ministers", label)
                continue
            count.tp += 1
            row, offices = found[j]
            if label["role"]:
                self.result.share("ministers.role", any(same_role(label["role"], office) for office in offices))
            allowed = EU_COUNTRY if label["country_iso3"] is None else {label["country_iso3"]}
            self.result.share("ministers.country", row["country_iso3"] in allowed)
            self.result.share("ministers.rank", RANK.get(row["rank"], row["rank"]) == label["rank"])
        for j, (row, _) in enumerate(found):
            if j in chosen:
                continue
            if any(same_name(x, row) for x in sure):
                count.duplicates += 1
            elif any(same_name(x, row) for x in doubtful):
                count.ignored += 1
            else:
                self._wrong("ministers", row)
        self._empty("ministers", len(found))

    def incidents(self) -> None:
        def agreement(label: Row, row: Row) -> float:
            return (
                4 * _right_type(label, row)
                + 2 * bool(self.tables.party(row, "perpetrator") & set(label["perpetrator_iso3"]))
                + bool(self.tables.party(row, "target") & set(label["target_iso3"]))
            )

        for label, row in self.sentences("incidents", self._of(self.tables.incidents), agreement):
            self.result.share("incidents.type", _right_type(label, row))
            self.result.share("incidents.stance", self.tables.stance(row) == label["stance"])
            for role in ("perpetrator", "target"):
                found, right = self.tables.party(row, role), set(label[f"{role}_iso3"])
                if right:
                    self.result.share(f"incidents.{role}_country", bool(found & right))
                self.result.share(f"incidents.{role}_country_exact", found == right)

    def sentences(self, kind: str, rows: list[Row], agreement: Callable[[Row, Row], float]) -> list[tuple[Row, Row]]:
        """Matches rows to labels by their sentences; gives the pairs."""
        count = self.result.counts[kind]
        sure, doubtful = _split(self.labels[kind])
        places = [self.page.spans(row["quote"]) for row in rows]

        def all_places(label: Row) -> Spans:
            return [s for q in (label["quote"], *label.get("alt_quotes", ())) for s in self.page.spans(self.page.text(q))]

        wide = [all_places(x) for x in sure]
        exact = [self.page.spans(self.page.text(x["quote"])) for x in sure]
        chosen = assign(
            [
                [
                    100 + 10 * overlap(exact[i], place) + agreement(x, row) if overlap(wide[i], place) else 0
                    for row, place in zip(rows, places, strict=True)
                ]
                for i, x in enumerate(sure)
            ]
        )
        pairs = []
        for label, j in zip(sure, chosen, strict=True):
            if j is None:
                self._missed(kind, label)
            else:
                count.tp += 1
                pairs.append((label, rows[j]))
        unsure = [all_places(x) for x in doubtful]
        for j, (row, place) in enumerate(zip(rows, places, strict=True)):
            if j in chosen:
                continue
            if any(overlap(w, place) for w in wide):
                count.duplicates += 1
            elif any(overlap(w, place) for w in unsure):
                count.ignored += 1
            else:
                self._wrong(kind, row)
        self._empty(kind, len(rows))
        return pairs

    def _empty(self, kind: str, found: int) -> None:
        if not self.labels[kind]:
            rows, hit, pages = self.result.on_empty_pages[kind]
            self.result.on_empty_pages[kind] = [rows + found, hit + bool(found), pages + 1]


def assign(weights: Sequence[Sequence[float]]) -> list[int | None]:
    """The assignment of rows to columns with the greatest total weight; None for a row that gets none above 0."""
    if not weights or not weights[0]:
        return [None] * len(weights)
    matrix = np.array(weights, dtype=float)
    result: list[int | None] = [None] * len(weights)
    for i, j in zip(*linear_sum_assignment(matrix, maximize=True), strict=True):
        if matrix[i, j] > 0:
            result[i] = int(j)
    return result


def overlap(a: Spans, b: Spans) -> bool:
    """Whether any two of the places share at least half of the shorter one."""
    return any(min(x[1], y[1]) - max(x[0], y[0]) >= 0.5 * min(x[1] - x[0], y[1] - y[0]) for x in a for y in b)


def same_title(a: str, b: str) -> bool:
    """Whether two titles are the same, with or without an outlet's name behind a bar, colon or dash."""

    def forms(title: str) -> set[str]:
        title = plain(title).casefold()
        shorter = (re.split(r"\s[|:-]\s(?=[^|:-]*$)", title)[0], title.rstrip(" :|-"))
        return {title, *(s.strip() for s in shorter if len(s) > 15)}

    return any(x == y or fuzz.ratio(x, y) >= 90 for x in forms(a) for y in forms(b) if x and y)


def same_name(label: Row, row: Row) -> bool:
    names = [label["name"], *label.get("also_written", ())]
    return any(fuzz.token_set_ratio(bare(n), bare(row["full_name"])) >= 90 for n in names)


_WORD = {"defense": "defence", "secretary": "minister", "ministry": "minister", "chief": "head", "pm": "prime minister"}
_WORD |= {"premier": "prime minister", **dict.fromkeys(("affairs", "of", "for", "the", "and", "a", "federal", "s"), "")}
_OTHER_OFFICE = {"vice", "deputy", "former", "ex", "elect", "prime", "assistant", "designate", "shadow"}


def same_role(label: str, office: str | None) -> bool:
    """Whether an office is one of those a label gives. Word order, spelling and added words do not matter; vice, deputy, former … do."""

    def words(text: str | None) -> set[str]:
        return {w for x in bare(text).split() for w in _WORD.get(x, x).split()}

    found = words(office)
    for part in (label, *label.split(",")):
        wanted = words(part)
        if not wanted or not found or (wanted ^ found) & _OTHER_OFFICE:
            continue
        if wanted <= found or (found <= wanted and len(found) > 1):
            return True
        if fuzz.ratio(" ".join(sorted(wanted)), " ".join(sorted(found))) >= 85:
            return True
    return False


def _right_type(label: Row, row: Row) -> bool:
    return row["incident_type"] in {label["type"], *label.get("types_also_acceptable", ())}


def _split(labels: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    sure: list[Row] = []
    doubtful: list[Row] = []
    for label in labels:
        (doubtful if label.get("doubtful") else sure).append(label)
    return sure, doubtful
