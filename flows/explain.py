"""`communique explain`: a page with everything that was found in it marked in place, and the rule that found it. This is how rules are improved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
from rich.console import Console
from rich.text import Text

from flows.batches import derive, lexicon
from warehouse import landing, reference

Row = dict[str, Any]


def explain(paths: tuple[Path, ...], console: Console) -> int:
    """Prints the pages at `paths` (files, folders, archives) as their stories, marked: countries ‹ISO3 type›, office-holders ‹name office›, and behind
    each paragraph its commitments and incidents with their rule and parties. Gives the number of pages. Raises LandingError."""
    offer = landing.discover(paths)
    with TemporaryDirectory() as folder:
        pages = 0
        for manifest in landing.write_batches(offer, Path(folder)):
            files, documents = landing.read(manifest)
            for row in files.filter(pl.col("status") != "loaded").iter_rows(named=True):
                console.print(Text(f"{row['file_name']}: {row['status']}: {row['status_reason']}", style="red"))
            frames, _ = derive(documents, lexicon(reference.REFERENCE_FOLDER))
            for document in documents.iter_rows(named=True):
                pages += 1
                _page(document, frames, console)
    return pages


def _page(document: Row, frames: dict[str, pl.DataFrame], console: Console) -> None:
    told = frames["documents"].row(by_predicate=pl.col("document_id") == document["document_id"], named=True)
    console.rule(Text(f"{document['file_name']} · {told['language']} · layout {told['layout']}"), align="left")
    placed = frames["article_placements"].filter(document_id=document["document_id"]).sort("position")
    shown: set[str] = set()
    for placement in placed.iter_rows(named=True):
        key = placement["article_id"]
        where = placement["block"] + (f", {placement['section']}" if placement["section"] else "")
        article = frames["articles"].row(by_predicate=pl.col("article_id") == key, named=True)
        console.print(Text(f"\n[{where}] ", style="dim") + Text(article["title"], style="bold"))
        if key in shown:
            console.print(Text("  (as above)", style="dim"))
            continue
        shown.add(key)
        date = article["published_edtf"] or "no date"
        console.print(Text(f"  {date} ({article['published_basis']}); {article['source_line'] or 'no source line'}", style="dim"))
        _body(article, _Found(key, frames), console)


class _Found:
    """What the tables hold of one article."""

    def __init__(self, key: str, frames: dict[str, pl.DataFrame]) -> None:
        def rows(table: str) -> list[Row]:
            return frames[table].filter(article_id=key).to_dicts()

        self.people = {row["person_key"]: row for row in rows("article_ministers")}
        self.marks = [
            (m["start_char"], m["end_char"], f"{m['iso3']} {m['mention_type']}", "cyan") for m in rows("country_mentions") if m["field"] == "body"
        ]
        self.marks += [
            (m["start_char"], m["end_char"], f"{self._person(m['minister_id'])}{', ' + m['office'] if m['office'] else ''}", "green")
            for m in rows("minister_mentions")
            if m["field"] == "body"
        ]
        self.acts = [(c, "commitment", self._of(frames, "commitment", c)) for c in rows("commitments")]
        self.acts += [(i, "incident", self._of(frames, "incident", i)) for i in rows("incidents")]
        self.blames = frames["incident_attributions"]

    def _person(self, key: str | None) -> str:
        person = self.people.get(key or "")
        return f"{person['full_name']} {person['country_iso3'] or person['organisation'] or '?'}" if person else "?"

    def _of(self, frames: dict[str, pl.DataFrame], kind: str, row: Row) -> str:
        parties = frames[f"{kind}_parties"].filter(pl.col(f"{kind}_id") == row[f"{kind}_id"]).sort("role", "party_no")
        return "; ".join(
            f"{role[0]} " + ", ".join(p["name"] + (f" ({p['iso3']})" if p["iso3"] else "") for p in members.to_dicts())
            for role, members in parties.group_by(["role"], maintain_order=True)
        )

    def lines(self, start: int, end: int) -> Iterator[Text]:
        """A line for each commitment, incident and attribution whose sentence begins in a stretch of the body."""
        for row, kind, parties in sorted(self.acts, key=lambda a: (a[0]["start_char"], a[1])):
            if not start <= row["start_char"] < end:
                continue
            if kind == "commitment":
                what = f"{row['speech_act']}, {row['reported_as']}{', negated' if row['is_negated'] else ''}{', due ' + row['due_edtf'] if row['due_edtf'] else ''}"
                yield Text(f"    ● commitment by rule {row['rule_id']}: {what}; {parties}", style="yellow")
                continue
            what = f"{row['incident_type']}, {row['realis']}{', ' + row['occurred_edtf'] if row['occurred_edtf'] else ''}{', ' + row['name'] if row['name'] else ''}"
            yield Text(f"    ▲ incident by rule {row['rule_id']}: {what}; {parties}", style="magenta")
            for blame in self.blames.filter(incident_id=row["incident_id"]).iter_rows(named=True):
                hedge = f" ({blame['hedge_cue']})" if blame["hedge_cue"] else ""
                yield Text(
                    f"      {blame['attributing_name'] or 'somebody'} blames {blame['attributed_name']}: {blame['stance']}{hedge}, {blame['basis']}",
                    style="magenta",
                )


def _body(article: Row, found: _Found, console: Console) -> None:
    offset = 0
    for paragraph in article["body"].split("\n"):
        end = offset + len(paragraph)
        if paragraph:
            console.print(_marked(paragraph, offset, found))
            for line in found.lines(offset, end + 1):
                console.print(line)
        offset = end + 1


def _marked(paragraph: str, offset: int, found: _Found) -> Text:
    """A paragraph with a note behind each mention, and the sentences of commitments and incidents underlined."""
    text = Text("  ")
    at = 0
    for start, end, note, style in sorted(found.marks):
        if offset + at <= start and end <= offset + len(paragraph):
            text.append(paragraph[at : start - offset])
            text.append(paragraph[start - offset : end - offset], style=f"bold {style}")
            text.append(f"‹{note}›", style=f"dim {style}")
            at = end - offset
    text.append(paragraph[at:])
    return text
