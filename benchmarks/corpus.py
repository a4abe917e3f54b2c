"""Pages to measure on: of realistic length, layout and variety, from a seed, with what each of them holds known.

    python -m benchmarks.corpus FOLDER [--pages 20000] [--seed 1]

Every page is made from `corpus.toml` by a random generator seeded with the page's number alone, so a corpus of more pages begins with one of fewer, any page can be
made again on its own, and no two texts are alike. Lengths are lognormal with a mean of 7 kB. Of a hundred pages, some

    60 are a title and paragraphs          3 are wrapped by hand
    14 have a date line and a byline       3 have front matter
     8 begin with a dateline               6 are saved with menus, teasers of other pages and a footer
     3 are lists of teasers                2 repeat another page byte for byte
     1 is no page: an image, nothing, another language

and seven in ten of those with an article are about two countries, with none to five undertakings and none to three incidents.
"""

from __future__ import annotations

import argparse
import math
import re
import textwrap
import tomllib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from random import Random

MEAN_SIZE = 7_000
SPREAD = 0.55  # of the logarithm of the size
LEAST, MOST = 500, 60_000
FOLDER_SIZE = 1_000  # files in a folder
ABOUT_COUNTRIES = 0.7
_SMALL = ("two", "three", "four", "five", "six", "seven", "eight", "nine")
KINDS = ("plain", "dated", "dateline", "wrapped", "front_matter", "saved", "teasers", "duplicate", "reject")
WEIGHTS = (60, 14, 8, 3, 3, 6, 3, 2, 1)
_REJECTS = ("image", "empty", "german")


@dataclass(frozen=True)
class Truth:
    """What the main article of a page holds; the quotes are its sentences, whole."""

    title: str
    countries: frozenset[str]
    ministers: frozenset[str]
    commitments: tuple[str, ...]
    incidents: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """A file of the corpus. `truth` is None where it holds no article of its own (a list of teasers, a duplicate, no page at all)."""

    name: str
    kind: str
    data: bytes
    truth: Truth | None


@dataclass(frozen=True)
class _Story:
    truth: Truth
    paragraphs: tuple[str, ...]


_Words = dict[str, list[str]]
_Fill = Callable[[Random, dict[str, str]], str]


@cache
def _corpus() -> _Words:
    words: _Words = tomllib.loads(Path(__file__).with_name("corpus.toml").read_text("utf-8"))
    return words


@cache
def _template(text: str) -> _Fill:
    """A function that fills the slots of `text` from a page's facts, or at random from the words of that name."""
    parts = re.split(r"\{(\w+)\}", text)
    words = _corpus()

    def fill(random: Random, facts: dict[str, str]) -> str:
        out = []
        for i, part in enumerate(parts):
            if i % 2 == 0:
                out.append(part)
            elif part in facts:
                out.append(facts[part])
            elif part in _NUMBERS:
                out.append(_NUMBERS[part](random))
            else:
                choices = words[part]
                out.append(choices[int(random.random() * len(choices))])
        return _sentence("".join(out))

    return fill


_NUMBERS: dict[str, Callable[[Random], str]] = {
    "number": lambda random: f"{int(random.random() * 8_990) + 10:,}",
    "percent": lambda random: f"{random.random() * 60:.1f}",
    "small": lambda random: random.choice(_SMALL),
    "year": lambda random: str(random.randrange(1990, 2026)),
    "next_year": lambda random: str(random.randrange(2027, 2045)),
}
_ARTICLE = re.compile(r"\b([Aa]) (?=[aeio]|u(?!ni|s))")


def _sentence(text: str) -> str:
    text = _ARTICLE.sub(r"\1n ", text)
    return text[0].upper() + text[1:]


def kind(seed: int, number: int) -> str:
    """Which of the kinds a page is of."""
    return Random(f"{seed}:{number}:kind").choices(KINDS, WEIGHTS)[0]


def page(seed: int, number: int) -> Page:
    """The page of this number."""
    name = f"{number // FOLDER_SIZE:05}/{number:08}.txt"
    sort = kind(seed, number)
    if sort == "reject":
        return Page(name, sort, _reject(seed, number), None)
    if sort == "duplicate":
        other = next((n for n in range(number - 1, -1, -1) if kind(seed, n) not in ("duplicate", "reject")), None)
        return Page(name, sort, page(seed, other).data if other is not None else b"", None)
    if sort == "teasers":
        return Page(name, sort, _teasers(seed, number).encode(), None)
    story = _story(seed, number)
    return Page(name, sort, _LAYOUTS[sort](story, seed, number).encode(), story.truth)


def _story(seed: int, number: int) -> _Story:
    random = Random(f"{seed}:{number}")
    words = _corpus()
    size = min(MOST, max(LEAST, random.lognormvariate(math.log(MEAN_SIZE) - SPREAD**2 / 2, SPREAD)))
    facts, countries, ministers, commitments, incidents = _facts(seed, random) if random.random() < ABOUT_COUNTRIES else ({}, [], [], [], [])
    about = bool(countries)
    title = _template(random.choice(words["title" if about else "other_title"]))(random, facts)
    background = [_template(t) for t in words["background"]]
    affairs = [_template(t) for t in words["affairs"]]
    said = [_template(random.choice(words["introduction"]))(random, facts)] if about else []
    length = sum(map(len, said)) + sum(map(len, commitments)) + sum(map(len, incidents))
    filler = []
    while length < size:
        chosen = affairs if about and random.random() < 0.25 else background
        filler.append(chosen[int(random.random() * len(chosen))](random, facts))
        length += len(filler[-1]) + 1
    told = [*commitments, *incidents]
    for text in told:
        filler.insert(random.randrange(len(filler) + 1), text)
    sentences = said + filler
    paragraphs = []
    while sentences:
        many = random.randrange(1, 5)
        paragraphs.append(" ".join(sentences[:many]))
        sentences = sentences[many:]
    named = frozenset(countries if about else ())
    return _Story(Truth(title, named, frozenset(ministers), tuple(commitments), tuple(incidents)), tuple(paragraphs))


def _facts(seed: int, random: Random) -> tuple[dict[str, str], list[str], list[str], list[str], list[str]]:
    """Names that a page goes on using, its countries, ministers, undertakings and incidents."""
    words = _corpus()
    (code_a, a, a_adj), (code_b, b, b_adj) = random.sample(words["country"], 2)
    p_office, p = random.choice(_cabinet(seed, code_a))
    q_office, q = random.choice(_cabinet(seed, code_b))
    facts = {"a": a, "b": b, "a_adj": a_adj, "b_adj": b_adj, "p": p, "q": q, "p_office": p_office, "q_office": q_office}
    facts |= {"p_family": p.split(" ", 1)[1], "q_family": q.split(" ", 1)[1]}
    commitments = [_template(t)(random, facts) for t in random.sample(words["commitment"], random.randrange(6))]
    incidents = [_template(t)(random, facts) for t in random.sample(words["incident"], random.randrange(4))]
    return facts, [code_a, code_b], [p, q], commitments, incidents


@cache
def _cabinet(seed: int, code: str) -> list[tuple[str, str]]:
    """Office and name of a country's ministers: the same on every page."""
    words, random = _corpus(), Random(f"{seed}:{code}")
    families = random.sample(words["family"], len(words["office"]))
    return [(office, f"{random.choice(words['given'])} {family}") for office, family in zip(words["office"], families, strict=True)]


def _reject(seed: int, number: int) -> bytes:
    random = Random(f"{seed}:{number}")
    match random.choice(_REJECTS):
        case "image":
            return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + random.randbytes(3_000)
        case "empty":
            return b"\n" * (number % 50)
        case _:
            return "\n\n".join(_template(str(_corpus()["german"]))(random, {}) for _ in range(20)).encode()


def _date(random: Random) -> str:
    return f"{random.randrange(1, 29)} {random.choice(_corpus()['month'])} {random.randrange(2019, 2026)}"


def _plain(story: _Story, seed: int, number: int) -> str:  # noqa: ARG001 - every layout is called alike
    return "\n\n".join((story.truth.title, *story.paragraphs)) + "\n"


def _dated(story: _Story, seed: int, number: int) -> str:
    random = Random(f"{seed}:{number}:date")
    words = _corpus()
    by = f"By {random.choice(words['given'])} {random.choice(words['family'])}"
    return "\n\n".join((story.truth.title, by, _date(random), *story.paragraphs)) + "\n"


def _dateline(story: _Story, seed: int, number: int) -> str:
    head = f"Meridian, {_date(Random(f'{seed}:{number}:date'))} - "
    return "\n\n".join((story.truth.title, head + story.paragraphs[0], *story.paragraphs[1:])) + "\n"


def _wrapped(story: _Story, seed: int, number: int) -> str:  # noqa: ARG001
    return "\n\n".join((story.truth.title, *(textwrap.fill(p, 78, break_on_hyphens=False) for p in story.paragraphs))) + "\n"


def _front_matter(story: _Story, seed: int, number: int) -> str:
    random = Random(f"{seed}:{number}:date")
    date = f"{random.randrange(2019, 2026)}-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}"
    return f"---\ntitle: {story.truth.title}\ndate: {date}\n---\n\n" + _plain(story, seed, number)


def _saved(story: _Story, seed: int, number: int) -> str:
    words = _corpus()
    random = Random(f"{seed}:{number}:page")
    outlet = random.choice(words["outlet"])
    top = [f"{story.truth.title} | {outlet}", *words["menu"], story.truth.title, f"Published {_date(random)}"]
    teasers = [line for teaser in _others(seed, number, random, 3) for line in (teaser.title, "")]
    return "\n\n".join((*top, *story.paragraphs, "Related articles", *(t for t in teasers if t), *words["footer"])) + "\n"


def _teasers(seed: int, number: int) -> str:
    random = Random(f"{seed}:{number}:page")
    blocks = [f"News\n{t.title}\n\n{t.title}\n\n{t.lead}" for t in _others(seed, number, random, random.randrange(2, 6))]
    return "\n".join(["Morning briefing\n", *blocks]) + "\n"


@dataclass(frozen=True)
class _Teaser:
    title: str
    lead: str


def _others(seed: int, number: int, random: Random, count: int) -> Iterator[_Teaser]:
    """Stories of other pages, of the hundred before this one, as teasers."""
    for _ in range(count):
        story = _story(seed, max(0, number - random.randrange(1, 100)))
        yield _Teaser(story.truth.title, story.paragraphs[0])


_LAYOUTS: dict[str, Callable[[_Story, int, int], str]] = {
    "plain": _plain,
    "dated": _dated,
    "dateline": _dateline,
    "wrapped": _wrapped,
    "front_matter": _front_matter,
    "saved": _saved,
}


def write(folder: Path, count: int, seed: int = 1, workers: int = 2) -> int:
    """Writes the first `count` pages of the corpus into folders of a thousand below `folder`; gives their bytes. What is there already stays."""
    starts = range(0, count, FOLDER_SIZE)
    with ProcessPoolExecutor(workers) as pool:
        return sum(pool.map(partial(_write, folder, seed, count), starts))


def _write(folder: Path, seed: int, count: int, start: int) -> int:
    size = 0
    (folder / f"{start // FOLDER_SIZE:05}").mkdir(parents=True, exist_ok=True)
    for item in pages(seed, range(start, min(count, start + FOLDER_SIZE))):
        (folder / item.name).write_bytes(item.data)
        size += len(item.data)
    return size


def pages(seed: int, numbers: Iterable[int]) -> Iterator[Page]:
    """The pages of these numbers, in their order."""
    return (page(seed, number) for number in numbers)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    size = write(arguments.folder, arguments.pages, arguments.seed)
    print(f"{arguments.pages:,} pages, {size:,} bytes, in {arguments.folder}")


if __name__ == "__main__":
    main()
