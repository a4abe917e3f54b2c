"""Who governs: ministers, heads of state and government, deputies, officials of the European Union, and where an article names them.

Cue first: one pass over all sentences finds the words of offices (`offices.csv`); only the sentences that have one are read by the grammar
(`offices`, `before`, `names`, `grammar`); only in articles with a minister the sightings are taken together (`gathering`), given a country
(`places`, `holders`) and looked for again by surname (`mentions`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

import polars as pl

from schemas.article_ministers import ArticleMinisters
from schemas.minister_mentions import MinisterMentions
from transforms.lexicon import Lexicon
from transforms.ministers.alone import forms_in, named_alone
from transforms.ministers.before import Country
from transforms.ministers.gathering import gather
from transforms.ministers.grammar import SentenceReader
from transforms.ministers.mentions import later_mentions, rivals_of
from transforms.ministers.people import Article, CountryPlace, Person, Seen
from transforms.ministers.sightings import Sighting
from transforms.ministers.unnamed import may_speak, named_later
from transforms.ministers.vocabulary import Vocabulary, build
from transforms.text import hash_id

_Known = dict[tuple[object, ...], list[Sighting]]
"""What each sentence gave: news repeat sentences, and the same words with the same countries give the same."""
_LEADING = ("epresent", " led ", " lead ", " leads ", " head")
# Minister X, who will represent Norway; Minister X led a Norwegian delegation
_REPRESENTS = re.compile(
    r"[\w)],? (?:(?:who|will|is|was|has|had|been|to|also|here) )*(?:represent(?:s|ed|ing)?|lead(?:s|ing)?|led|head(?:s|ed|ing)?) (?:the |a |an )?(?:[a-z-]+ )?$"
)
_SIDE = ("epresent", "delegation", " side", "participants")


def find(articles: pl.DataFrame, sentences: pl.DataFrame, country_mentions: pl.DataFrame, lexicon: Lexicon) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The office-holders of each article and the places where it names them.

    `articles` needs article_id, title, body; `sentences` is the frame of `transforms.sentences.split`, `country_mentions` that of
    `transforms.countries.find`. Gives (`article_ministers`, `minister_mentions`) as their contracts say, sorted by key; offsets are code
    points of the field; `minister_id` is NULL in the first (people are joined across articles at load) and the `person_key` of the first in
    the second.
    """
    words = lexicon.compiled(build)
    cued = {article_id: list(rows) for article_id, rows in groupby(_cued(sentences, words).iter_rows(), key=itemgetter(0))}
    alone = forms_in(articles, words)
    ids = pl.Series(sorted(cued.keys() | alone.keys()), dtype=pl.String).implode()
    countries = _countries(country_mentions, ids)
    people_rows: list[tuple[object, ...]] = []
    mention_rows: list[tuple[object, ...]] = []
    known: _Known = {}
    for article_id, title, body in articles.filter(pl.col("article_id").is_in(ids)).select("article_id", "title", "body").iter_rows():
        article = Article(title or "", body or "", countries.get(article_id, []))
        people = _people(article, cued.get(article_id, []), alone.get(article_id, []), words, known)
        _add_rows(article_id, article, people, words, people_rows, mention_rows)
    ministers = _frame(people_rows, ArticleMinisters).sort("article_id", "person_key")
    return ministers, _frame(mention_rows, MinisterMentions).sort("article_id", "field", "start_char", "end_char", "minister_id")


_person_key = lru_cache(100_000)(hash_id)  # the same persons are in the news of many days


def _frame(rows: list[tuple[object, ...]], model: type[ArticleMinisters] | type[MinisterMentions]) -> pl.DataFrame:
    schema = {name: column.dtype.type for name, column in model.to_schema().columns.items()}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _cued(sentences: pl.DataFrame, words: Vocabulary) -> pl.DataFrame:
    """The sentences with a word of an office, with the byte offsets of those words (`heads`), by article and place."""
    heads = pl.col("text").str.find_many(words.patterns, leftmost=True)
    return (
        sentences.filter(pl.col("text").str.contains(words.cue))
        .select("article_id", "field", "start_char", "end_char", "text", heads.alias("heads"))
        .filter(pl.col("heads").list.len() > 0)
        .sort("article_id", "field", "start_char")
    )


def _countries(mentions: pl.DataFrame, ids: pl.Series) -> dict[str, list[CountryPlace]]:
    """The country mentions of the articles `ids`: field, start, end, country, kind."""
    chosen = mentions.filter(pl.col("article_id").is_in(ids))
    rows = iter(chosen.select("field", "start_char", "end_char", "iso3", "mention_type").rows())
    return {article_id: list(islice(rows, n)) for article_id, n in chosen.group_by("article_id", maintain_order=True).len().iter_rows()}


def _people(article: Article, sentences: list[tuple[Any, ...]], forms: list[str], words: Vocabulary, known: _Known) -> list[Person]:
    """The persons of an article, from its cued sentences and the `forms` of names in it that stand without an office."""
    seen: list[Seen] = []
    spoken: list[tuple[str, int, str, list[Country]]] = []
    for _, field, start, end, text, offsets in sentences:
        first, last = (bisect_left(article.mentions, (field, at), key=itemgetter(0, 1)) for at in (start, end))
        inside = [Country(a - start, b - start, iso3, kind) for _, a, b, iso3, kind in article.mentions[first:last] if b <= end]
        title_case = field == "title" and _is_title_case(text)
        key = (text, *inside)
        sightings = None if title_case else known.get(key)
        if sightings is None:
            sightings = SentenceReader(text, inside, words, article.body if title_case else None).read(_code_points(text, offsets))
            if not title_case:
                known[key] = sightings
        if not sightings and may_speak(text):
            spoken.append((field, end, text, inside))
        for s in sightings:
            seen.append(Seen(field, start + s.name.start, start + s.name.end, s, _side(text, s.office.outer if s.office else 0, inside)))
    if spoken:
        seen += named_later(spoken, article.body, seen, words)
    people = gather(seen, article, words) if seen else []
    if forms and (more := named_alone(forms, article, people, words)):
        people += gather(more, article, words)
    return people


def _code_points(text: str, offsets: list[int]) -> list[int]:
    if text.isascii():
        return offsets
    data = text.encode()
    return [len(data[:o].decode()) for o in offsets]


def _is_title_case(text: str) -> bool:
    """Whether a headline capitalises its words, so that a capital says nothing of a name."""
    long = [w for w in text.split() if len(w) > 3 and w[0].isalpha()]
    return sum(w[0].isupper() for w in long) > 0.7 * len(long)


def _side(text: str, before: int, countries: list[Country]) -> str | None:
    """The country whose delegation or side the sentence lists: "Representing Mexico were the Secretary of Health, …"."""
    if any(cue in text for cue in _LEADING):
        own = next((c for c in countries if before < c.start < before + 200 and _REPRESENTS.search(text, before, c.start) and _is_led(text, c)), None)
        if own is not None:
            return own.iso3
    if not any(cue in text for cue in _SIDE):
        return None
    earlier = [c for c in countries if c.end <= before and any(cue in text[max(0, c.start - 45) : c.end + 45] for cue in _SIDE)]
    return earlier[-1].iso3 if earlier else None


def _is_led(text: str, country: Country) -> bool:
    """Whether the sentence says that the country, or a delegation of it, is led or represented."""
    follows = text[country.end : country.end + 25].lstrip().lower()
    return "epresent" in text[max(0, country.start - 20) : country.start] or follows.startswith(("delegation", "team", "side"))


def _add_rows(
    article_id: str,
    article: Article,
    people: list[Person],
    words: Vocabulary,
    person_rows: list[tuple[object, ...]],
    mention_rows: list[tuple[object, ...]],
) -> None:
    """Adds the rows of an article to those of both tables."""
    rivals = rivals_of(people)
    texts = article.fields
    taken = {field: [(s.start, s.end) for person in people for s in person.seen if s.where == field] for field in texts}
    for person in people:
        key = _person_key(person.key, person.iso3 or person.organisation)
        spans: dict[tuple[str, int, int], tuple[str | None, str]] = {}
        for s in person.seen:
            spans.setdefault((s.where, s.start, s.end), (s.sighting.office_full or None, s.sighting.tenure))
        tenure = "former" if all(s.sighting.tenure == "former" for s in person.seen) else "current"
        for field, text in texts.items():
            for start, end in later_mentions(person, text, taken[field], words, rivals):
                spans.setdefault((field, start, end), (None, tenure))
                taken[field].append((start, end))
        full_name = _fullest([texts[f][a:b].replace("]", "") for f, a, b in spans], person)
        for (field, start, end), (wording, held) in spans.items():
            mention_rows.append((article_id, field, start, end, key, texts[field][start:end], wording, held))
        person_rows.append(
            (
                article_id,
                key,
                None,
                full_name,
                person.key,
                " ".join(person.surname),
                " " not in full_name,
                person.iso3,
                person.basis,
                person.organisation,
                person.rank,
                _most_frequent([s.sighting.office_text for s in person.seen if not s.sighting.is_bare])
                or _most_frequent([s.sighting.office_text for s in person.seen])
                or None,
                person.portfolio,
                len(spans),
            )
        )


def _fullest(spellings: list[str], person: Person) -> str:
    """The form of a name with the most parts; of equals, the most frequent, then the one written first."""
    spellings = [" ".join(s.split()) for s in spellings]
    return max(dict.fromkeys(spellings), key=lambda s: (s.count(" "), spellings.count(s)), default=person.spelling)


def _most_frequent(wordings: list[str]) -> str:
    """The most frequent wording, the first of equals."""
    return max(wordings, key=wordings.count, default="")
