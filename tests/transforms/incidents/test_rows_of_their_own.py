"""Acts of one type on one page that the words set apart have a row each; acts told twice have one."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

Read = Callable[..., dict[str, pl.DataFrame]]
TWO = {
    "days before another": (
        "An Israeli missile attack on Damascus killed two guards on Monday.",
        "The strike came ten days after Israel shelled an airport in northern Syria.",
    ),
    "over years": (
        "A Turkish drone strike on Monday killed three people in northern Iraq.",
        "Turkey regularly carries out air strikes in northern Iraq.",
    ),
    "on other goods": (
        "Turkey has imposed duties on imports of steel from China.",
        "Turkey also put tariffs on Chinese electric vehicles.",
    ),
    "one of several": (
        "Norway and Canada imposed sanctions on officers in Chad.",
        "Canada imposed sanctions on nine soldiers.",
    ),
    "in each of two states": ("Soldiers staged coups in Mali and Niger.",),
}
ONE = {
    "a definite noun": (
        "A Turkish drone strike on Monday killed three people in northern Iraq.",
        "The strike on Monday hit a car in northern Iraq.",
    ),
    "the same goods": (
        "Turkey has imposed duties on imports of steel from China.",
        "Turkish duties on Chinese steel of 15% begin in May.",
    ),
}


def rows(read: Read, paragraphs: tuple[str, ...]) -> int:
    return read("\n\n".join(("Talks go on in the valley", *paragraphs)))["incidents"].height


@pytest.mark.parametrize("how", TWO)
def test_set_apart(read: Read, how: str) -> None:
    assert rows(read, TWO[how]) == 2


@pytest.mark.parametrize("how", ONE)
def test_told_twice(read: Read, how: str) -> None:
    assert rows(read, ONE[how]) == 1


def test_states_beside_a_measure_are_its_parties(read: Read) -> None:
    found = read("Talks go on in the valley\n\nThe United States has kept Cuba under an economic embargo since 1962.")["incidents"].row(0, named=True)
    assert (found["perpetrator_iso3"], found["target_iso3"]) == (["USA"], ["CUB"])
