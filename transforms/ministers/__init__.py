"""Who governs: ministers, heads of state and government, deputies, officials of the European Union, and where an article names them.

Cue first: one pass over all sentences finds the words of offices (`offices.csv`); only the sentences that have one are read by the grammar
(`offices`, `names`, `grammar`), and only in articles with a minister are later mentions looked for (`people`).
"""

from __future__ import annotations

from collections import Counter, defaultdict

import polars as pl

from schemas.article_ministers import ArticleMinisters
from schemas.minister_mentions import MinisterMentions
from transforms.lexicon import Lexicon
from transforms.ministers.grammar import SentenceReader
from transforms.ministers.offices import Country
from transforms.ministers.people import Person, Seen, gather, later_mentions, rivals_of
from transforms.ministers.vocabulary import Vocabulary, build
from transforms.text import hash_id

_SIDE = ("represent", "delegation", " side", "participants")


def find(
    articles: pl.DataFrame, sentences: pl.DataFrame, country_mentions: pl.DataFrame, lexicon: Lexicon
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The office-holders of each article and the places where it names them.

    `articles` needs article_id, title, body; `sentences` is the frame of `transforms.sentences.split`, `country_mentions` that of
    `transforms.countries.find`. Gives (`article_ministers`, `minister_mentions`) as their contracts say, sorted by key; offsets are code
    points of the field; `minister_id` is NULL in the first (people are joined across articles at load) and the `person_key` of the first in
    the second.
    """
    words = lexicon.compiled(build)
    cued = _cued(sentences, words)
    people_rows: list[tuple[object, ...]] = []
    mention_rows: list[tuple[object, ...]] = []
    if not cued.is_empty():
        ids = cued.get_column("article_id").unique()
        texts = {
            a: (t or "", b or "")
            for a, t, b in articles.filter(pl.col("article_id").is_in(ids.implode())).select("article_id", "title", "body").iter_rows()
        }
        countries = _countries(country_mentions, ids)
        for (article_id,), group in cued.group_by("article_id", maintain_order=True):
            title, body = texts[str(article_id)]
            people, mentions = _read_article(str(article_id), title, body, group, countries.get(str(article_id), []), words)
            people_rows += people
            mention_rows += mentions
    ministers = _frame(people_rows, ArticleMinisters).sort("article_id", "person_key")
    return ministers, _frame(mention_rows, MinisterMentions).sort("article_id", "field", "start_char", "end_char", "minister_id")


def _frame(rows: list[tuple[object, ...]], model: type[ArticleMinisters] | type[MinisterMentions]) -> pl.DataFrame:
    schema = {name: column.dtype.type for name, column in model.to_schema().columns.items()}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _cued(sentences: pl.DataFrame, words: Vocabulary) -> pl.DataFrame:
    """The sentences with a word of an office, with the byte offsets of those words (`heads`)."""
    heads = pl.col("text").str.find_many([*words.patterns, "counterpart"], leftmost=True)
    return (
        sentences.select("article_id", "field", "start_char", "end_char", "text", heads.alias("heads"))
        .filter(pl.col("heads").list.len() > 0)
        .sort("article_id", "field", "start_char")
    )


def _countries(mentions: pl.DataFrame, ids: pl.Series) -> dict[str, list[tuple[str, int, int, str, str]]]:
    result: dict[str, list[tuple[str, int, int, str, str]]] = defaultdict(list)
    rows = mentions.filter(pl.col("article_id").is_in(ids.implode())).select(
        "article_id", "field", "start_char", "end_char", "iso3", "mention_type"
    )
    for article_id, field, start, end, iso3, kind in rows.iter_rows():
        result[article_id].append((field, start, end, iso3, kind))
    return result


def _read_article(
    article_id: str, title: str, body: str, group: pl.DataFrame, mentions: list[tuple[str, int, int, str, str]], words: Vocabulary
) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    lowered = frozenset(w for w in body.split() if w.islower())
    seen: list[Seen] = []
    for field, start, end, text, offsets in group.select("field", "start_char", "end_char", "text", "heads").iter_rows():
        heads = _code_points(text, offsets)
        inside = [Country(a - start, b - start, iso3, kind) for f, a, b, iso3, kind in mentions if f == field and start <= a and b <= end]
        title_case = field == "title" and _is_title_case(text)
        reader = SentenceReader(text, inside, words, title_case, lowered)
        for s in reader.read(heads):
            seen.append(Seen(field, start + s.name.start, start + s.name.end, s, _side(text, s.office.outer if s.office else 0, inside)))
    if not seen:
        return [], []
    scores: Counter[str] = Counter()
    for field, _, _, iso3, kind in mentions:
        scores[iso3] += (2 if field == "title" else 1) * (1 if kind != "capital" else 0.5)  # type: ignore[assignment]
    people = gather(seen, words, dict(scores))
    return _rows(article_id, title, body, people, words)


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
    if not any(cue in text for cue in _SIDE):
        return None
    earlier = [c for c in countries if c.end <= before and any(cue in text[max(0, c.start - 45) : c.end + 45] for cue in _SIDE)]
    return earlier[-1].iso3 if earlier else None


def _rows(
    article_id: str, title: str, body: str, people: list[Person], words: Vocabulary
) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    rivals = rivals_of(people)
    taken: dict[str, list[tuple[int, int]]] = {"title": [], "body": []}
    for person in people:
        for s in person.seen:
            taken[s.field].append((s.start, s.end))
    texts = {"title": title, "body": body}
    person_rows: list[tuple[object, ...]] = []
    mention_rows: list[tuple[object, ...]] = []
    for person in people:
        key = hash_id(person.key, person.iso3 or person.organisation)
        spans: dict[tuple[str, int, int], tuple[str | None, str]] = {}
        for s in person.seen:
            spans.setdefault((s.field, s.start, s.end), (s.sighting.office_text, s.sighting.tenure))
        tenure = "former" if all(s.sighting.tenure == "former" for s in person.seen) else "current"
        for field, text in texts.items():
            for start, end in later_mentions(person, text, taken[field], words, rivals):
                spans.setdefault((field, start, end), (None, tenure))
                taken[field].append((start, end))
        full_name = _fullest([texts[f][a:b] for f, a, b in spans], person)
        for (field, start, end), (office, held) in spans.items():
            mention_rows.append((article_id, field, start, end, key, texts[field][start:end], office, held))
        offices = Counter(s.sighting.office_text for s in person.seen)
        person_rows.append(
            (
                article_id,
                key,
                None,
                full_name,
                person.key,
                " ".join(person.surname),
                len(full_name.split()) == 1,
                person.iso3,
                person.basis,
                person.organisation,
                person.rank,
                offices.most_common(1)[0][0],
                person.portfolio,
                len(spans),
            )
        )
    return person_rows, mention_rows


def _fullest(spellings: list[str], person: Person) -> str:
    """The form of a name with the most parts; of equals, the most frequent, then the one written first."""
    count = Counter(" ".join(s.split()) for s in spellings)
    order = list(count)
    return max(count, key=lambda s: (len(s.split()), count[s], -order.index(s))) if count else person.spelling
