"""Heads of state and government whom news name without an office, because every reader knows it."""

from __future__ import annotations

import re

import polars as pl

from transforms.ministers.mentions import accept
from transforms.ministers.names import Name, key_parts
from transforms.ministers.people import Article, Person, Seen
from transforms.ministers.sightings import Sighting
from transforms.ministers.vocabulary import Holder, Vocabulary, soft

# The Trump administration: a government, not its head.
_NOT_NOW = re.compile(r"\b(?:opposition leader|party leader|ex-\w+|former (?:\w+ ){1,2}|candidate|challenger|tycoon|businessman) ?$")
_GOVERNMENT = re.compile(r" (?:administration|government|regime|presidency|campaign|era|family)\b")


def forms_in(articles: pl.DataFrame, words: Vocabulary) -> dict[str, list[str]]:
    """The names that stand without an office in the articles (article_id, title, body), by article."""
    forms = list(words.alone)
    text = pl.concat_str("title", "body", separator="\n", ignore_nulls=True)
    # one expression of plain names is looked for several times as fast as the names are taken out
    some = articles.filter(pl.any_horizontal(pl.col("title", "body").str.contains("|".join(map(re.escape, forms)))))
    return dict(some.select("article_id", text.str.extract_many(forms, leftmost=True).list.unique().list.sort()).iter_rows())


def named_alone(forms: list[str], article: Article, people: list[Person], words: Vocabulary) -> list[Seen]:
    """Where the article first names somebody of `forms` who is not one of `people`."""
    texts = article.fields
    found: dict[str, Seen] = {}
    for form in sorted(forms, key=lambda f: (-len(f), f)):
        holder = words.alone[form]
        if holder.key in found or any(_is(holder, person) for person in people):
            continue
        span = next((hit for field, text in texts.items() if (hit := _first(form, field, text, words)) is not None), None)
        if span is not None:
            field, start, end = span
            name = Name(start, start, end, tuple(texts[field][start:end].split()))
            sighting = Sighting(
                name, "", "", holder.rank, holder.portfolio, "current", None, None, holder.organisation, spelling=texts[field][start:end]
            )
            found[holder.key] = Seen(field, start, end, sighting, None)
    return list(found.values())


def _is(holder: Holder, person: Person) -> bool:
    same = person.holder is not None and person.holder.key == holder.key
    return same or not {soft(part) for part in holder.surname_key.split()}.isdisjoint(person.soft)


def _first(form: str, field: str, text: str, words: Vocabulary) -> tuple[str, int, int] | None:
    """The first place in the text that is the name of the person, and of nobody and nothing else."""
    own = set(key_parts(tuple(form.split()), words)[1])
    at = text.find(form)
    while at != -1:
        end = at + len(form)
        is_head = not _GOVERNMENT.match(text, end) and not _NOT_NOW.search(text, max(0, at - 30), at)
        if is_head and accept(own, text, at, end, form, set(), words) == (at, end):
            return field, at, end
        at = text.find(form, end)
    return None
