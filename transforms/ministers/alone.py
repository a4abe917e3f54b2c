"""Heads of state and government whom news name without an office, because every reader knows it."""

from __future__ import annotations

import re

import polars as pl

from transforms.ministers.grammar import Sighting
from transforms.ministers.mentions import accept
from transforms.ministers.names import Name, key_parts
from transforms.ministers.people import Person, Seen
from transforms.ministers.vocabulary import Holder, Vocabulary, soft

# The Trump administration: a government, not its head.
_GOVERNMENT = re.compile(r" (?:administration|government|regime|presidency|campaign|era|family)\b")


def forms_in(articles: pl.DataFrame, words: Vocabulary) -> dict[str, list[str]]:
    """The names that stand without an office in the articles (article_id, title, body), by article."""
    text = pl.concat_str("title", "body", separator="\n", ignore_nulls=True)
    found = articles.select("article_id", text.str.extract_many(list(words.alone), leftmost=True).list.unique().list.sort().alias("forms"))
    return dict(found.filter(pl.col("forms").list.len() > 0).iter_rows())


def named_alone(forms: list[str], texts: dict[str, str], people: list[Person], words: Vocabulary) -> list[Seen]:
    """Where the texts (by field) first name somebody of `forms` who is not one of `people`."""
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
        if accept(own, text, at, end, form, set(), words) == (at, end) and not _GOVERNMENT.match(text, end):
            return field, at, end
        at = text.find(form, end)
    return None
