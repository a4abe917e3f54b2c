"""Languages: English by its function words, the rest by an identifier, and the benefit of the doubt for what is too short."""

from __future__ import annotations

import polars as pl
import pytest

from transforms.languages import add_language


def language(text: str) -> str | None:
    value: str | None = add_language(pl.DataFrame({"raw_text": [text]}))["language"][0]
    return value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ministers met on Monday and agreed to open talks with the port of Mombasa, which has waited for years.", "en"),
        ("Le gouvernement a annoncé mardi de nouvelles mesures pour les pêcheurs, selon le ministre de la Mer.", "fr"),
        ("Die Regierung hat am Dienstag neue Regeln für den Hafen beschlossen, wie das Ministerium mitteilte.", "de"),
        ("De regering heeft dinsdag nieuwe maatregelen voor de haven aangekondigd.", "nl"),
        ("El presidente anunció el lunes un acuerdo con los pescadores de la bahía.", "es"),
        ("Министры встретились в понедельник и договорились о новых переговорах.", "ru"),
        ("Minister resigns", "en"),
        ("US, Japan sign pact", "en"),
        ("12 345 678\n99.5", "en"),
        ("for i in range(3):\n    print(f(i))", "en"),
        ("", None),
        (" \n\t ", None),
    ],
)
def test_language_of_a_text(text: str, expected: str | None) -> None:
    assert language(text) == expected


def test_a_greeting_in_another_script_is_not_english() -> None:
    assert language("Привет, мир") != "en"


def test_menus_above_an_english_article_do_not_hide_it() -> None:
    menu = "\n".join(f"Région {n}\nActualités\nMétéo" for n in range(120))
    article = "The two sides agreed on Monday that the ferry will run again, and that it is to be paid for by the ports. " * 40
    assert language(f"{menu}\n{article}") == "en"


def test_order_and_other_columns_stay() -> None:
    pages = pl.DataFrame({"id": [3, 1, 2], "raw_text": ["Guten Morgen, wir haben heute leider keine Nachrichten für Sie.", "The end of the war", ""]})
    told = add_language(pages)
    assert told["id"].to_list() == [3, 1, 2]
    assert told["language"].to_list() == ["de", "en", None]
