"""Layouts: one test per habit of pages, whole pages written after the habits of different outlets, and what holds for any page."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms import layouts
from transforms.layouts import plain
from transforms.lexicon import Lexicon
from warehouse import reference

LEXICON = Lexicon({"page_labels": reference.load()["page_labels"]})
PAGES = Path(__file__).parent / "layout_pages"
SHARED = Path(__file__).parents[2].parent / "shared"

LEAD = "Foreign Minister Ada Lind said on Monday that the port of Mombasa would be open to all ships from the first day of June."
MORE = "The ministry gave no further details, but said that a text would be signed before the end of the month in Nairobi."
LAST = "Fishermen on both sides of the bay welcomed the deal, which had been held up for years by a quarrel over fees."
TEASER = "A short text that tells readers what the other story is about and little more than that."


def read(*raw: str) -> list[dict[str, object]]:
    documents = pl.DataFrame({"document_id": [f"{i:03}" for i in range(len(raw))], "raw_text": list(raw)})
    return layouts.read(documents, LEXICON).to_dicts()


def page(*lines: str) -> str:
    return "\n".join(lines)


class TestPlain:
    def test_title_and_paragraphs(self) -> None:
        [entry] = read(page("Port to open in June", "", LEAD, "", MORE, LAST))
        assert (entry["title"], entry["block"], entry["layout"]) == ("Port to open in June", "main", "plain")
        assert entry["body"] == f"{LEAD}\n\n{MORE}\n\n{LAST}"
        assert entry["date_line"] is None

    @pytest.mark.parametrize(
        "line",
        [
            "May 24, 2023",
            "24 May 2023",
            "2023-05-24",
            "24.05.2023",
            "Published 24 May 2023, 14:30 GMT",
            "Wednesday, May 24, 2023",
            "By Ada Lind, 24 May 2023",
            "24 MAY 2023",
        ],
    )
    def test_date_line(self, line: str) -> None:
        [entry] = read(page("Port to open in June", "", line, "", LEAD, "", MORE))
        assert entry["date_line"] == line
        assert entry["body"] == f"{LEAD}\n\n{MORE}"

    def test_byline_before_or_behind_the_date(self) -> None:
        for top in (["By Ada Lind", "3 June 2021"], ["3 June 2021", "By Ada Lind"]):
            [entry] = read(page("Port to open in June", *top, "", LEAD, MORE))
            assert entry["date_line"] == "3 June 2021"
            assert entry["body"] == f"{LEAD}\n\n{MORE}"

    @pytest.mark.parametrize("opening", ["Bern, 12.03.2024 - ", "Lima, 12 March 2024 – ", "NAIROBI, 12 March 2024 — "])
    def test_date_in_a_dateline_stays_in_the_body(self, opening: str) -> None:
        [entry] = read(page("Port to open in June", "", opening + LEAD, MORE))
        assert re.search(r"12(\.03\.| March )2024", str(entry["date_line"]))
        assert str(entry["body"]).startswith(opening + LEAD)

    def test_dates_in_a_sentence_are_no_date_line(self) -> None:
        first = "The port was closed on 3 May 2021 after a storm."
        [entry] = read(page("Port to open in June", "", first, "", LEAD, MORE))
        assert entry["date_line"] is None
        assert str(entry["body"]).startswith(first)

    def test_front_matter_gives_title_and_date(self) -> None:
        head = '---\ndate: 2022-05-16\ntitle: "Port to Open:\\\n  \\ a\\_Fact Sheet"\ntags: [x]\n---\n'
        [entry] = read(head + page("", f"*{LEAD}*", "", f"See the [full text](https://example.org/a_b). {MORE}"))
        assert entry["title"] == "Port to Open: a Fact Sheet"
        assert entry["date_line"] == "2022-05-16"
        assert entry["body"] == f"{LEAD}\n\nSee the full text. {MORE}"

    @pytest.mark.parametrize(
        ("extra", "title", "date"),
        [
            ("date: 2020-13-45", "Port to open", "2020-13-45"),  # no date
            ("date: 2020-12-04T10:00:00Z", "Port to open", "2020-12-04T10:00:00Z"),
            ("a: &a [x, x]\nb: &b [*a, *a]\nauthor: {name: *b}\nDate: ~", "Port to open", None),
            ("a: " + "[" * 5_000, LEAD, None),  # nested so deep that it is no front matter
        ],
    )
    def test_front_matter_of_any_kind_is_read(self, extra: str, title: str, date: str | None) -> None:
        [entry] = read(f"---\ntitle: Port to open\n{extra}\n---\n" + page("", LEAD, "", MORE))
        assert (entry["title"], entry["date_line"]) == (title, date)

    def test_a_header_of_keys_and_values_is_front_matter(self) -> None:
        for times in (1, 3):
            head = [
                "Title: Port to open in June",
                "URL: https://example.org/port",
                "Published: 2021-06-03",
                "Author: Ada Lind",
                "Source: Bay News",
                "",
            ]
            [entry] = read(page(*head, *[LEAD, MORE] * times))
            assert (entry["title"], entry["date_line"], entry["source_line"]) == ("Port to open in June", "2021-06-03", "Source: Bay News")
            assert entry["body"] == "\n\n".join([LEAD, MORE] * times)

    def test_a_title_in_the_text_is_not_told_twice(self) -> None:
        [entry] = read("---\ntitle: Port to open in June\n---\n" + page("Port to open in June", "", LEAD, MORE))
        assert entry["body"] == f"{LEAD}\n\n{MORE}"

    def test_hard_wrapped_lines_are_joined(self) -> None:
        words = f"{LEAD} {MORE}".split()
        lines = [" ".join(words[i : i + 9]) for i in range(0, len(words), 9)]
        items = ["-   the first of the items, which goes on", "    in a second line that is indented;", "-   the second item"]
        [entry] = read(page("Port to open in June", "", *lines, "", "They agreed to:", "", *items, "", *lines))
        assert entry["body"] == (
            f"{LEAD} {MORE}\n\nThey agreed to:\n- the first of the items, which goes on in a second line that is indented;\n- the second item\n\n{LEAD} {MORE}"
        )

    def test_odd_characters(self) -> None:
        [entry] = read(
            page("Port\xa0to  open in June", "", "<u>" + LEAD.replace("Minister", "Minis\xadter") + "</u>", MORE.replace(" but", "\u200b \t but"))
        )
        assert entry["title"] == "Port to open in June"
        assert entry["body"] == f"{LEAD}\n\n{MORE}"

    def test_line_ends_of_other_systems(self) -> None:
        for end in ("\r\n", "\r"):
            [entry] = read(end.join(["Port to open in June", "", LEAD, MORE, ""]))
            assert (entry["title"], entry["body"]) == ("Port to open in June", f"{LEAD}\n\n{MORE}")

    def test_bullets(self) -> None:
        [entry] = read(page("Port to open in June", "", "The sides agreed to:", "• open the port", "• pay for it", "", LEAD))
        assert entry["body"] == f"The sides agreed to:\n- open the port\n- pay for it\n\n{LEAD}"

    def test_source_and_photo_lines_in_any_case(self) -> None:
        [entry] = read(page("Port to open in June", "", LEAD, MORE, "", "SOURCE: Bay News with agencies", "photo: A ship. Bay News"))
        assert (entry["source_line"], entry["photo_line"]) == ("SOURCE: Bay News with agencies", "photo: A ship. Bay News")
        assert entry["body"] == f"{LEAD}\n\n{MORE}"

    def test_end_marks_are_no_text(self) -> None:
        for mark in ("###", "# # #", "-30-"):
            [entry] = read(page("Port to open in June", "", LEAD, MORE, "", mark))
            assert entry["body"] == f"{LEAD}\n\n{MORE}"

    def test_subheadings_do_not_make_a_listing(self) -> None:
        parts = [
            line for w in ("ports", "fees", "ships", "crews") for line in (f"What the deal says about {w}", "", LEAD, "", f"{MORE} And {w}.", "")
        ]
        [entry] = read(page("Five questions about the bay", "", *parts))
        assert (entry["block"], entry["title"]) == ("main", "Five questions about the bay")
        assert str(entry["body"]).count("What the deal says about") == 4

    def test_only_a_title(self) -> None:
        [entry] = read("Port to open in June\n")
        assert (entry["title"], entry["body"]) == ("Port to open in June", "")

    def test_no_text_no_entry(self) -> None:
        assert read("", " \n\n") == []


class TestTeasers:
    PAGE = page(
        "Port to open in June",
        "",
        LEAD,
        "",
        MORE,
        "Source: Bay News",
        "Photo: Ships wait in the bay.",
        "",
        "Related articles",
        "",
        "Editor's choice",
        "Monday Commentary",
        "Why the bay matters to us",
        "",
        "Why the bay matters to us",
        "",
        f"{TEASER} (Click the image to read more).",
        "Editor's choice",
        "News",
        "Two ships held off the coast",
        "",
        "Two ships held off the coast",
        "",
        f"{TEASER} Another sentence.",
        "",
        "Popular",
        "",
        "News",
        "Two ships held off the coast",
        "Two ships held off the coast",
        f"{TEASER} Another sentence.",
    )

    def test_blocks_sections_and_bodies(self) -> None:
        entries = read(self.PAGE)
        assert [(e["block"], e["section"], e["title"], e["body"]) for e in entries] == [
            ("main", None, "Port to open in June", f"{LEAD}\n\n{MORE}"),
            ("related", "Monday Commentary", "Why the bay matters to us", TEASER),
            ("related", "News", "Two ships held off the coast", f"{TEASER} Another sentence."),
            ("popular", "News", "Two ships held off the coast", f"{TEASER} Another sentence."),
        ]
        assert (entries[0]["source_line"], entries[0]["photo_line"]) == ("Source: Bay News", "Photo: Ships wait in the bay.")

    def test_editors_choice_of_its_own(self) -> None:
        entries = read(self.PAGE.replace("Related articles\n\n", "").replace("Popular\n\n", ""))
        assert [e["block"] for e in entries] == ["main", "editors_choice", "editors_choice", "other"]

    def test_a_list_of_teasers_has_no_main_article(self) -> None:
        entries = read(self.PAGE[self.PAGE.index("Editor's choice\nMonday") :])
        assert "main" not in {e["block"] for e in entries}
        assert len(entries) == 3

    def test_the_title_of_an_article_may_stand_twice(self) -> None:
        [entry] = read(page("News", "Port to open in June", "", "Port to open in June", "", LEAD, "", MORE, "", LAST))
        assert (entry["block"], entry["section"], entry["body"]) == ("main", "News", f"{LEAD}\n\n{MORE}\n\n{LAST}")


class TestSaved:
    MENU = ("Home", "World", "Business", "Sport", "Sign in", "Subscribe", "We use cookies. Accept all")
    FOOT = ("About us", "Contact", "Privacy policy", "© 2025 Bay News. All rights reserved.")

    def saved(self, *lines: str, head: str = "Port to open in June | Bay News") -> list[dict[str, object]]:
        return read(page(head, *self.MENU, "", *lines, "", *self.FOOT))

    def test_main_article_between_menu_and_footer(self) -> None:
        [entry] = self.saved(
            "Port to open in June", "By Ada Lind", "3 June 2021", "Share", "Facebook", "", LEAD, "", MORE, "", LAST, "", "Share", "12 comments"
        )
        assert (entry["block"], entry["title"], entry["date_line"]) == ("main", "Port to open in June", "3 June 2021")
        assert entry["body"] == f"{LEAD}\n\n{MORE}\n\n{LAST}"

    def test_the_title_need_not_be_that_of_the_page(self) -> None:
        entry = self.saved("A port for everybody, at last", "", LEAD, MORE, LAST, head="Bay News")[0]
        assert entry["title"] == "A port for everybody, at last"

    def test_a_page_without_headline_has_that_of_its_first_line(self) -> None:
        entry = self.saved("Share", LEAD, MORE, LAST)[0]
        assert entry["title"] == "Port to open in June"

    def test_subtitle_is_not_the_title(self) -> None:
        entry = self.saved(
            "A port for everybody, at last", "Ships from all countries may call at Mombasa once again", "", LEAD, MORE, LAST, head="Bay News"
        )[0]
        assert entry["title"] == "A port for everybody, at last"

    def test_headlines_under_headings_are_teasers(self) -> None:
        entries = self.saved(
            "Port to open in June", LEAD, MORE, LAST, "", "Related stories", "Two ships held off the coast", "The long quarrel over fees", "", "Most read", "1",
            "A cook's secret",
            "2", "Ten islands to see before winter comes",
        )  # fmt: skip
        assert [(e["block"], e["title"]) for e in entries] == [
            ("main", "Port to open in June"),
            ("related", "Two ships held off the coast"),
            ("related", "The long quarrel over fees"),
            ("popular", "Ten islands to see before winter comes"),
        ]

    def test_dates_and_texts_belong_to_the_teaser_above(self) -> None:
        entries = self.saved("Port to open in June", LEAD, MORE, LAST, "", "Latest news", "Two ships held off the coast", "2 June 2021", TEASER)
        assert (entries[1]["date_line"], entries[1]["body"], entries[1]["block"]) == ("2 June 2021", TEASER, "listing")

    def test_a_headline_run_on_with_its_text(self) -> None:
        line = "Kenya lends two tugs to its neighbour for the winter Kenya has lent two tugs, the harbour master reveals."
        entries = self.saved("Port to open in June", LEAD, MORE, LAST, "", "Latest news", line)
        assert (entries[1]["title"], entries[1]["body"]) == (
            "Kenya lends two tugs to its neighbour for the winter",
            "Kenya has lent two tugs, the harbour master reveals.",
        )

    def test_the_title_shares_most_words_with_that_of_the_page(self) -> None:
        menu_of_bars = "News Room | Government Report Card | The Year in Focus | Write to Us"
        lines = (menu_of_bars, "Port opens again in June after the storm", "By Ada Lind", "3 June 2021", "Two ships at the port")
        entry = self.saved(*lines, LEAD, MORE, LAST, head="Port opens in June after storm | Bay News")[0]
        assert (entry["title"], entry["date_line"]) == ("Port opens again in June after the storm", "3 June 2021")

    def test_the_headline_of_a_video_inside_the_article_is_a_teaser(self) -> None:
        for length, titles in (("1:07", ["Two ships held off the coast"]), ("Share", [])):
            entries = self.saved("Port to open in June", LEAD, MORE, length, "Two ships held off the coast", LAST, LEAD)
            assert [e["title"] for e in entries[1:]] == titles
            assert entries[0]["body"] == "\n\n".join([LEAD, MORE, *([] if titles else ["Two ships held off the coast"]), LAST, LEAD])

    def test_a_headline_below_see_also_is_a_link_inside_the_article(self) -> None:
        entries = self.saved(
            "Port to open in June", LEAD, MORE, "SEE ALSO:", "Two ships held off the coast", LAST, "A long winter at the port", LEAD, MORE
        )
        assert entries[0]["body"] == "\n\n".join([LEAD, MORE, LAST, "A long winter at the port", LEAD, MORE])
        assert [(e["title"], e["block"]) for e in entries[1:]] == [("Two ships held off the coast", "related")]

    def test_stamps_and_menus_of_two_labels_are_no_headlines(self) -> None:
        stories = ("Two ships held off the coast", "The long quarrel over fees", "Ten islands to see now")
        lines = [line for title in stories for line in (title, "by Ada Lind", "4 hours ago")]
        below = (*lines, "Updated at: 14 May, 11:00", "Privacy policy | Contact", "The Group of the Bay © 2024")
        entries = self.saved("Port to open in June", LEAD, MORE, LAST, "", "More stories", *below)
        assert [e["title"] for e in entries[1:]] == list(stories)

    def test_an_offer_for_every_week_is_no_teaser(self) -> None:
        offer = "Every week, the editors of the port choose five stories for you"
        assert len(self.saved("Port to open in June", LEAD, MORE, LAST, "", "The week at the port", offer, "", "Most read")) == 1

    def test_a_line_that_stands_again_and_again_is_a_label(self) -> None:
        stories = ("Two ships held off the coast", "The long quarrel over fees", "Ten islands to see before winter comes")
        for label in ("Middle Bay and the Isles", "category"):
            lines = [line for title in stories for line in ("Bay", label, title)]
            entries = self.saved("Port to open in June", LEAD, MORE, LAST, "", "More stories", *lines)
            assert [e["title"] for e in entries[1:]] == list(stories)

    def test_what_stands_below_a_date_in_a_list_of_dated_headlines_is_one(self) -> None:
        stories = (
            "Two ships held off the coast",
            "Nobody went. The harbour had been closed since dawn on Friday",
            "The long quarrel over fees",
            "Ten islands to see now",
        )
        lines = [line for day, title in enumerate(stories, 1) for line in ("Ada Lind", f"{day} June 2021", title)]
        entries = self.saved("Port to open in June", LEAD, MORE, LAST, "", "More stories", *lines)
        assert [e["title"] for e in entries[1:]] == list(stories)

    def test_few_words_between_two_sections_are_a_headline(self) -> None:
        lines = ("Business", "Two ships held off the coast", "Opinion", "Narrow straits", "Sport", "The long quarrel over fees")
        entries = self.saved("Port to open in June", LEAD, MORE, LAST, "", "More stories", *lines)
        assert ("Narrow straits", "Opinion") in [(e["title"], e["section"]) for e in entries]

    def test_arrows_are_no_part_of_a_headline(self) -> None:
        entries = self.saved(
            "Port to open in June", LEAD, MORE, LAST, "", "More stories", "← Two ships held off the coast", "The long quarrel over fees →"
        )
        assert [e["title"] for e in entries[1:]] == ["Two ships held off the coast", "The long quarrel over fees"]

    def test_the_article_goes_on_behind_a_box_of_links(self) -> None:
        entries = self.saved("Port to open in June", LEAD, MORE, "", "Related articles", "Two ships held off the coast", "", LAST, LEAD, MORE)
        assert entries[0]["body"] == "\n\n".join([LEAD, MORE, LAST, LEAD, MORE])
        assert [e["title"] for e in entries[1:]] == ["Two ships held off the coast"]

    def test_a_link_inside_the_article(self) -> None:
        entries = self.saved("Port to open in June", LEAD, "Read more: The long quarrel over harbour fees", MORE, LAST)
        assert entries[0]["body"] == f"{LEAD}\n\n{MORE}\n\n{LAST}"
        assert (entries[1]["title"], entries[1]["block"]) == ("The long quarrel over harbour fees", "related")

    def test_links_to_elsewhere_are_no_teasers(self) -> None:
        assert len(self.saved("Port to open in June", LEAD, MORE, LAST, "", "Related links", "The text of the treaty on the bay and its ports")) == 1

    def test_comments_are_no_text(self) -> None:
        entries = self.saved(
            "Port to open in June", LEAD, MORE, LAST, "", "Comments", "Joe", f"I do not believe a word of it. {TEASER}", "Sue", TEASER
        )
        assert [e["title"] for e in entries] == ["Port to open in June"]
        assert entries[0]["body"] == f"{LEAD}\n\n{MORE}\n\n{LAST}"

    def test_a_note_on_the_author_is_no_text(self) -> None:
        entry = self.saved(
            "Port to open in June",
            LEAD,
            MORE,
            LAST,
            "",
            "Ada Lind",
            "Chief reporter",
            "Ada Lind has covered ports for ten years and lives by the sea.",
        )[0]
        assert str(entry["body"]).endswith(LAST)

    def test_captions_are_the_photo_line(self) -> None:
        entry = self.saved("Port to open in June", "Ships wait in the bay on Sunday. (Photo by Jo Dow/AFP via Getty Images)", LEAD, MORE, LAST)[0]
        assert entry["photo_line"] == "Ships wait in the bay on Sunday. (Photo by Jo Dow/AFP via Getty Images)"
        assert str(entry["body"]).startswith(LEAD)

    def test_a_subheading_stays(self) -> None:
        entry = self.saved("Port to open in June", LEAD, MORE, "", "What the deal says", "", LAST, LEAD)[0]
        assert "What the deal says" in str(entry["body"]).split("\n\n")

    def test_a_short_article_is_no_listing(self) -> None:
        entries = self.saved(
            "Port to open in June",
            "3 June 2021",
            LEAD,
            "",
            "Most read",
            *(f"Headline of the story number {w}" for w in ("one", "two", "three", "four")),
        )
        assert [e["block"] for e in entries] == ["main"] + ["popular"] * 4

    def test_headlines_below_share_buttons_are_teasers(self) -> None:
        below = ["Share on Facebook", "Print", *(f"Headline of the story number {w}" for w in ("one", "two", "three"))]
        entries = read(page("Port to open in June", "", LEAD, MORE, LAST, LEAD, MORE, LAST, LEAD, MORE, LAST, LEAD, *below))
        assert [e["block"] for e in entries] == ["main"] + ["other"] * 3
        assert str(entries[0]["body"]).endswith(LEAD)

    def test_a_headline_of_two_sentences_has_a_date_below(self) -> None:
        long = "Two ships held off the coast. The harbour master speaks of a quarrel over fees that nobody alive can remember the beginning of"
        entries = self.saved("Port to open in June", "Article", "3 June 2021", LEAD, MORE, LAST, "Read more", long, "Article", "2 June 2021")
        assert [(e["title"], e["date_line"]) for e in entries] == [("Port to open in June", "3 June 2021"), (long, "2 June 2021")]

    def test_the_date_may_stand_below_the_article(self) -> None:
        [entry] = self.saved("Port to open in June", LEAD, MORE, LAST, "", "The Bay News: June 3, 2021")
        assert entry["date_line"] == "The Bay News: June 3, 2021"

    def test_headlines_at_the_very_end_are_teasers(self) -> None:
        below = [f"Another headline of some length, the story number {w}" for w in ("one", "two", "three")]
        entries = read(page("Port to open in June", "", LEAD, MORE, LAST, LEAD, MORE, LAST, *below))
        assert [e["title"] for e in entries] == ["Port to open in June", *below]
        [entry] = read(page("Port to open in June", "", LEAD, MORE, LAST, LEAD, MORE, "They will build together:", *below))
        assert str(entry["body"]).endswith(below[-1])

    @pytest.mark.parametrize("line", ["Posted 13h ago", "Ada Lind 3 days ago", "Write a comment Write a comment"])
    def test_ages_and_doubled_labels_are_no_headlines(self, line: str) -> None:
        [entry] = self.saved("Port to open in June", LEAD, MORE, LAST, "", line, line)
        assert str(entry["body"]).endswith(LAST)

    def test_a_caption_may_end_with_agency_and_photographer(self) -> None:
        entry = self.saved("Port to open in June", "Ships wait in the bay. REUTERS/Jo Dow", LEAD, MORE, LAST)[0]
        assert (entry["photo_line"], str(entry["body"])[: len(LEAD)]) == ("Ships wait in the bay. REUTERS/Jo Dow", LEAD)

    def test_a_page_may_begin_with_its_headline(self) -> None:
        pitch = "The stories of the week that our editors like best, every Friday"
        entry = read(page("Port to open in June", pitch, "Sign in", "Subscribe", LEAD, MORE, LAST, "", *self.FOOT))[0]
        assert entry["title"] == "Port to open in June"

    def test_the_stories_before_and_after_are_teasers(self) -> None:
        below = ["Previous: Two ships held off the coast", "Next: The long quarrel over harbour fees"]
        entries = read(page("Port to open in June", "", LEAD, "", MORE, "", LAST, "", *below))
        assert [e["title"] for e in entries] == ["Port to open in June", *(line.partition(": ")[2] for line in below)]

    @pytest.mark.parametrize(
        ("label", "block"), [("MORE ON THE BAY", "related"), ("Latest in Nairobi", "listing"), ("Most viewed in all sections", "popular")]
    )
    def test_a_label_may_name_its_topic(self, label: str, block: str) -> None:
        below = ["Two ships held off the coast", "The long quarrel over harbour fees"]
        entries = read(page("Port to open in June", "", LEAD, MORE, LAST, label, *below))
        assert [(e["block"], e["title"]) for e in entries[1:]] == [(block, title) for title in below]
        [entry] = read(page("Port to open in June", "", LEAD, MORE, label, LAST))  # a subheading
        assert label in str(entry["body"])

    @pytest.mark.parametrize("line", ["SEE: The long quarrel over harbour fees (special report)", "Also: The long quarrel over harbour fees"])
    def test_a_link_behind_a_word_and_a_colon(self, line: str) -> None:
        entries = read(page("Port to open in June", "", LEAD, line, MORE, LAST))
        assert (entries[0]["body"], entries[1]["title"]) == (f"{LEAD}\n\n{MORE}\n\n{LAST}", "The long quarrel over harbour fees")

    def test_numbered_headlines_and_marks_of_agencies(self) -> None:
        below = ["1. Two ships held off the coast", "2. (LEAD) The long quarrel over harbour fees", "3. The long quarrel over harbour fees"]
        entries = self.saved("Port to open in June", LEAD, MORE, LAST, "", "Most read", *below)
        assert [e["title"] for e in entries[1:]] == ["Two ships held off the coast", "(LEAD) The long quarrel over harbour fees"]

    def test_a_form_for_subscribers_is_no_text(self) -> None:
        entry = self.saved(
            "Port to open in June", LEAD, MORE, "The Monday bulletin", "Five stories before you are awake.", "Your email", "Sign up", LAST
        )[0]
        assert entry["body"] == f"{LEAD}\n\n{MORE}\n\n{LAST}"

    def test_advertisements_are_no_teasers(self) -> None:
        below = ["Two ships held off the coast", "Sponsored", "Ten knives that every cook should own"]
        entries = self.saved("Port to open in June", LEAD, MORE, LAST, "", "Most read", *below)
        assert [e["title"] for e in entries[1:]] == below[:1]

    def test_the_editors_name_is_no_headline(self) -> None:
        [entry] = self.saved("Port to open in June", LEAD, MORE, LAST, "", "Edited by: Ada Maria Lind")
        assert str(entry["body"]).endswith(LAST)


class TestListing:
    def test_teasers_and_no_main_article(self) -> None:
        stories = [line for w in ("one", "two", "three", "four") for line in (f"Headline of the story number {w}", TEASER, "2 hours ago", "")]
        entries = read(page("World | Bay News", "Home", "World", "", *stories, "About us", "© Bay News"))
        assert [(e["layout"], e["block"], e["title"], e["body"]) for e in entries] == [
            ("listing", "listing", f"Headline of the story number {w}", TEASER) for w in ("one", "two", "three", "four")
        ]

    def test_bare_headlines(self) -> None:
        entries = read(page("Latest news", "", *(f"Headline of the story number {w}" for w in ("one", "two", "three", "four", "five"))))
        assert [e["block"] for e in entries] == ["listing"] * 5


# What a careful reader finds on pages written after the habits of broadcasters, agencies, papers and common themes.
RADAR = "Norway and Denmark to share radar data"
RADAR_TEXT = [
    "The defence ministers of Norway and Denmark agreed on Tuesday to share data from their coastal radars, ending two years of talks.",
    "Norwegian Defence Minister Kari Holm said the first",
]
EXPECTED: dict[str, tuple[str | None, str | None, list[str], list[str]]] = {
    "broadcaster": (
        "Norway and Iceland agree to share coastguard data",
        "3 March 2025",
        ["What is in the deal?", "Fishermen in both countries welcomed it, but asked for details."],
        ["Undersea cable cut between Finland and Estonia", "Flood warnings across northern Italy", "Man wins lottery twice in a month"],
    ),
    "radio": (
        "Moldova Expels Two Diplomats Over Election Meddling",
        "May 06, 2025 14:12 CET",
        ["Moldova says that more names will follow before the summer."],
        ["Moldova's Long Winter Of Discontent", "Serbian Students March To Novi Sad", "The Town That Lost Its River"],
    ),
    "ledger": (
        "Latvia pledges 12 howitzers to Ukraine, PM says",
        "January 14, 2025 6:02 pm",
        ["Ukraine's Defense Ministry thanked Latvia"],
        ["Opinion: What Riga knows about patience", "Estonia summons ambassador over airspace breach", "The men who mend the grid"],
    ),
    "newswire": (
        "Egypt, Jordan stress need for ceasefire in Gaza",
        "2025-02-18 20:14:15",
        ["They agreed to coordinate before the Arab summit"],
        ["Quake of 5.9 magnitude hits mountain region", "News Analysis: Why the eurozone slows again"],
    ),
    "theme": (
        "Turkmenistan and Iran extend gas swap deal",
        "July 9, 2023",
        ["The volume will rise to 10 million cubic meters a day"],
        ["Baku opens second pipeline to Nakhchivan", "Kazakhstan sends first oil by new route", "Sturgeon numbers fall again"],
    ),
    "sentinel": (
        "Ireland to send peacekeepers to Golan after UN request",
        "Tue 4 Mar 2025 18.02 GMT",
        ["The opposition wants a vote.", "Ireland has taken part in UN missions since 1958"],
        ["Irish peacekeepers honoured in Lebanon", "What is the triple lock and why does it matter?"],
    ),
    "network": (
        "Jordan and Iraq sign water agreement after years of talks",
        "Published On 4 Mar 2025",
        ["“We have waited long enough,”", "The parliament in Baghdad still has to agree."],
        ["Why is the Tigris running dry?", "Turkiye, Iraq agree to talks on dams"],
    ),
    "government": (
        "Estonia and Latvia open joint radar site",
        "Published on: 12/03/2025",
        ["- share all data from the site;", "This radar sees what we need to see"],
        [],
    ),
    "agency": (
        "Denmark summons US envoy over Greenland remarks",
        "Updated 5:32 PM GMT+1, March 4, 2025",
        ["“We have made ourselves clear,” he said."],
        ["Man finds ring in cod he bought for dinner", "Storm leaves 40,000 without power in Norway"],
    ),
    "daily": (
        "Slovak PM visits Hanoi",
        None,
        ["A business forum with 120 companies is planned"],
        ["Czech president to visit Vietnam in June", "Vietnam buys trains from Spain", "Hungary opens consulate in Da Nang"],
    ),
    "crawl": ("Bulgaria recalls ambassador from Skopje over museum row", None, ["courts were independent"], ["EU leaders urge calm in the Balkans"]),
    "blog": (None, None, [], ["Two tankers vanish off Oman", "A port that sanctions forgot", "Reading the new EU list"]),
    # The same story as a converter to Markdown leaves it, a tool that gives each piece of text a line of its own, a page that kept its tags, and papers, a
    # ministry and a broadcaster.
    "markdown": (
        RADAR,
        "Published March 4, 2025 9:12 AM",
        RADAR_TEXT,
        ["Sweden buys patrol boats from Finland", "Iceland holds first coast guard drill", "Ferry strike enters third week"],
    ),
    "pieces": (RADAR, "March 4, 2025", RADAR_TEXT, ["Why the Baltic cables keep breaking", "Oslo mayor resigns over bridge contract"]),
    "tags": (RADAR, None, RADAR_TEXT, ["Sweden buys patrol boats from Finland", "Why the Baltic cables keep breaking"]),
    "harbour": (RADAR, "4 March 2025 • 9:12am", RADAR_TEXT, ["How a radar sees through fog", "Oslo mayor resigns over bridge contract"]),
    "coast": (
        RADAR,
        "March 4, 2025 9:12 AM PT",
        RADAR_TEXT,
        ["Iceland holds first coast guard drill", "Why the Baltic cables keep breaking", "The old lighthouse gets a new keeper"],
    ),
    "ministry": (RADAR, "4 March 2025", RADAR_TEXT, []),
    "television": (RADAR, "PUBLISHED : 4 Mar 2025 at 09:12", RADAR_TEXT, ["Ferry strike enters third week", "Iceland holds first coast guard drill"]),
    "collected": (RADAR, "4 March 2025, 09:12", RADAR_TEXT, ["Sweden buys patrol boats from Finland"]),
    "section": (None, None, [], ["How a mayor lost his bridge", "Will Finland open its border again?", "Ferry strike enters third week"]),
    "decks": (None, None, [], ["Oslo and Copenhagen link their coastal radars at last", "A new quarrel in the Faroese parliament?"]),
    "tribune": (
        RADAR,
        "Tuesday 04 March 2025 09:12 GMT",
        RADAR_TEXT,
        ["Why the Baltic cables keep breaking", "Oslo mayor resigns over bridge contract", "Iceland holds first coast guard drill"],
    ),
    "dispatch": (
        RADAR,
        "PUBLISHED: March 4, 2025 at 9:12 a.m. | UPDATED: March 4, 2025 at 10:40 a.m.",
        RADAR_TEXT,
        ["Man finds ring in cod he bought for dinner"],
    ),
    "unlabelled": (
        RADAR,
        None,
        RADAR_TEXT,
        ["Oslo mayor resigns over contract for the new bridge", "Iceland holds its first coast guard drill with allies"],
    ),
    "bulletin": ("Norway, Denmark agree to share radar data", "2025-03-04", RADAR_TEXT[1:], ["Iceland holds first coast guard drill"]),
    "listing": (None, None, [], ["Japan sends aid to flooded villages in Laos", "Portugal votes on Sunday", "Why the price of coffee keeps rising"]),
}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_whole_pages(name: str) -> None:
    title, date_line, kept, teasers = EXPECTED[name]
    entries = read((PAGES / f"{name}.txt").read_text(encoding="utf-8"))
    main = [e for e in entries if e["block"] == "main"]
    assert [(e["title"], e["date_line"]) for e in main] == ([(title, date_line)] if title else [])
    titles = [str(e["title"]) for e in entries if e["block"] != "main"]
    assert set(teasers) <= set(titles)
    assert len(titles) == len(set(titles))
    for entry in main:
        body = str(entry["body"])
        assert all(text in body for text in kept)
        assert not [t for t in titles if t in body]
        assert not re.search(
            r"<|&\w+;|\]\(|cookie|subscribe|copyright|newsletter|Getty|become a member|lives in|advertisement|AP Photo|Phone:|share this",
            body,
            re.IGNORECASE,
        )


NAMES = st.sampled_from(["Peru", "Laos", "Mali", "Fiji", "Oman", "Chad", "Togo", "Cuba"])
TITLES = st.builds(lambda a, b, n: f"{a} and {b} settle quarrel number {n}", NAMES, NAMES, st.integers(10, 99))
PARAGRAPHS = st.builds(
    lambda a, n, m: (
        f"The ministers of {a} said that {n} ships would be sent to the northern bay, and that {'more would follow in spring ' * m}if need be."
    ),
    NAMES,
    st.integers(2, 900),
    st.integers(1, 3),
)
ARTICLES = st.tuples(TITLES, st.lists(PARAGRAPHS, min_size=3, max_size=7, unique=True))
STORIES = st.tuples(TITLES, PARAGRAPHS.map(lambda p: p.replace("said", "wrote")))


MENU = ("Home", "World", "Business", "Opinion", "Sports", "Videos")


def test_a_headline_whose_words_all_stand_in_the_title_of_the_page() -> None:
    above = (
        "Harbour Report for Mombasa, With Map and Tables, March 4",
        *MENU,
        "Harbour Report for Mombasa, March 4",
        "Share",
        "Facebook",
        "Make us preferred on Google",
    )
    [main] = [e for e in read(page(*above, "Main points of the day", LEAD, MORE, LAST, *MENU)) if e["block"] == "main"]
    assert main["title"] == "Harbour Report for Mombasa, March 4"


@pytest.mark.parametrize(
    "notice",
    [
        "To suggest a correction or clarification, write to us here",
        "All materials on this site are protected by copyright law",
        "Online media registration number: 12345",
        "Send comments about this site to the webmaster",
        "Your Privacy Rights | Do Not Sell My Personal Information",
    ],
)
def test_notices_are_no_teasers(notice: str) -> None:
    entries = read(page("Port to open in June", *MENU, "Port to open in June", LEAD, MORE, LAST, "Share", "Facebook", notice, *MENU))
    assert [e["title"] for e in entries] == ["Port to open in June"]


def test_a_headline_in_capitalised_words_is_not_cut_at_a_preposition() -> None:
    headlines = (
        "Fishermen Say Ten Boats Were Lost Near Island For Want of Lights As Storms Draw Nearer",
        "Ferry Fares to Rise Again in May, Says Line",
    )
    entries = read(page("Port to open in June", *MENU, "Port to open in June", LEAD, MORE, LAST, "Read next", "", *headlines, *MENU))
    assert [e["title"] for e in entries[1:]] == list(headlines)


@settings(max_examples=60, deadline=None)
@given(
    ARTICLES,
    st.lists(STORIES, min_size=1, max_size=5, unique_by=lambda s: s[0]),
    st.sampled_from(["Related articles", "Popular", "Latest news"]),
    st.booleans(),
    st.booleans(),
)
def test_no_teaser_text_in_the_main_article(
    article: tuple[str, list[str]], stories: list[tuple[str, str]], heading: str, twice: bool, menus: bool
) -> None:
    title, paragraphs = article
    stories = [s for s in stories if s[0] != title]
    menu = ["Home", "World", "Sport", "Sign in", "Search", ""] if menus else []
    below = [line for t, text in stories for line in ([t, "", t, "", text] if twice else [t, text])]
    raw = page(
        *menu,
        title,
        "",
        "3 June 2021",
        "",
        *(line for p in paragraphs for line in (p, "")),
        heading,
        "",
        *below,
        *(["", "About us", "Privacy policy"] if menus else []),
    )
    entries = read(raw)
    assert entries[0]["block"] == "main"
    assert entries[0]["title"] == title
    assert str(entries[0]["body"]).split("\n\n") == paragraphs
    assert [(e["title"], e["body"]) for e in entries[1:]] == stories
    for e in entries:
        assert raw[int(str(e["start_char"])) : int(str(e["end_char"]))].startswith(str(e["title"]))


@settings(max_examples=40, deadline=None)
@given(ARTICLES, st.randoms(use_true_random=False))
def test_pieces_of_sentences_are_joined_again(article: tuple[str, list[str]], chance: random.Random) -> None:
    title, paragraphs = article
    # as a tool leaves it that gives each link a line: the country, or a few words in lower case
    broken = [re.sub(r"(The ministers of) (\w+) (said)", r"\1\n\2\n\3", p) for p in paragraphs]
    broken = [p.replace(" would be ", chance.choice([" would\nbe ", "\nwould be\n", " would be "])) for p in broken]
    [entry] = read(page(f"{title} | Bay News", "Home", "World", "Sign in", title, "3 June 2021", *broken, "Privacy policy"))
    assert (entry["title"], str(entry["body"]).split("\n\n")) == (title, paragraphs)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=60), TITLES, PARAGRAPHS, st.sampled_from(["", "Related articles", "News", "Share", "3 June 2021", "Source: x", "- item"])
        ),
        max_size=14,
    )
)
def test_any_page_gives_spans_in_order(lines: list[str]) -> None:
    raw = page(*lines)
    entries = read(raw)
    assert [e["position"] for e in entries] == list(range(len(entries)))
    for e in entries:
        assert 0 <= int(str(e["start_char"])) <= int(str(e["end_char"])) <= len(raw)
        assert e["title"] == str(e["title"]).strip()
        for paragraph in str(e["body"]).split("\n\n") if e["body"] else []:
            assert paragraph.strip()
            assert "  " not in paragraph


@settings(max_examples=100, deadline=None)
@given(
    TITLES,
    st.lists(st.sampled_from(["3 June 2021", "By Ada Lind", "A few words", "Bern, 12.03.2024 - It began."]), max_size=3),
    st.lists(st.one_of(PARAGRAPHS, PARAGRAPHS.map(lambda p: p.replace(" ", "  ", 1)), PARAGRAPHS.map(lambda p: f"\xa0{p} ")), min_size=2, max_size=6),
    st.sampled_from(["\n", "\n\n", "\n \n\n"]),
    st.sampled_from(["", "\n\n###", "\n \n"]),
)
def test_whole_columns_and_lines_agree(title: str, top: list[str], paragraphs: list[str], parting: str, end: str) -> None:
    raw = parting.join([title, *top, *paragraphs]) + end
    frame = pl.DataFrame({"document_id": ["a"], "raw_text": [raw]})
    if plain.with_sure(frame, LEXICON)["sure"].item():
        quick = plain.read_sure(frame).to_dicts()
        slow = layouts._by_line(frame, LEXICON).select(quick[0].keys()).to_dicts()
        assert quick == slow


@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="the labelled pages are not here")
def test_labelled_pages() -> None:
    folder = SHARED / "gold"
    labels = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted((folder / "gold").glob("*.json"))}
    pages = {stem: (folder / "pages" / f"{stem}.txt").read_bytes().decode(label["encoding"]) for stem, label in labels.items()}
    frame = layouts.read(pl.DataFrame({"document_id": list(pages), "raw_text": list(pages.values())}), LEXICON)

    def key(text: str) -> str:
        return re.sub(r"\W+", " ", text).strip().casefold()

    wanted = {(stem, key(a["title"]), a["is_main"]) for stem, label in labels.items() for a in label["articles"]}
    found = {(stem, key(title), block == "main") for stem, title, block in frame.select("document_id", "title", "block").iter_rows()}
    right = len(wanted & found)
    assert right / len(wanted) >= 0.98
    assert right / len(found) >= 0.98


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the development page is not here")
def test_development_page() -> None:
    [path] = sorted((SHARED / "seeds").glob("*.txt"))
    entries = read(path.read_text(encoding="utf-8"))
    assert [e["block"] for e in entries] == ["main", "related", "related", "popular"]
    assert entries[2]["title"] == entries[3]["title"]
    assert entries[2]["body"] == entries[3]["body"]
    body = str(entries[0]["body"])
    assert body.count("\n\n") == 2
    assert not re.search(r"Source:|Photo:|APT28|Borrell", body)
    assert "read more" not in str(entries[2]["body"])[-40:]


class TestHeads:
    """Writer and date between the title and the text, in words that no label list knows."""

    @pytest.mark.parametrize("line", ["2016-01-12 14:48:38", "12 January 2016", "PUBLISHED: 10:34 EST, 25 June 2012"])
    def test_a_writers_name_and_a_date_line_are_no_text(self, line: str) -> None:
        [entry] = read(page("Port to open in June", "", "Staff Writer", line, "", LEAD, "", MORE))
        assert (entry["date_line"], entry["body"]) == (line, f"{LEAD}\n\n{MORE}")

    def test_a_date_in_the_first_sentence_is_text(self) -> None:
        first = "The port opened to all ships and their crews on 12 January 2016."
        [entry] = read(page("Port to open in June", "", first, "", LEAD, "", MORE))
        assert entry["date_line"] is None
        assert str(entry["body"]).startswith(first)

    @pytest.mark.parametrize("line", ["Ada Lind | 12.01.2016 - Update : 13.01.2016", "12 January 2016"])
    def test_a_date_line_below_a_subtitle(self, line: str) -> None:
        subtitle = "Ships of all countries may call again from the first of the month, which fishermen of both sides welcome"
        [entry] = read(page("Port to open in June", "", subtitle, "", line, "", LEAD, "", MORE))
        assert (entry["date_line"], entry["body"]) == (line, f"{subtitle}\n\n{LEAD}\n\n{MORE}")

    def test_a_timeline_is_not_dated_by_its_first_entry(self) -> None:
        [entry] = read(page("How the port was closed", "", LEAD, "", "3 May 2021", "", MORE, "", "7 May 2021", "", LAST))
        assert entry["date_line"] is None

    @pytest.mark.parametrize("line", ["Nairobi, 3 June 2021", "Published: 3 June 2021"])
    def test_a_date_line_at_the_end(self, line: str) -> None:
        for long in (1, 3):  # pages that are read at once, and line by line
            [entry] = read(page("Port to open in June", "", *[LEAD, MORE] * long, "", line))
            assert (entry["date_line"], str(entry["body"])[-len(MORE) :]) == (line, MORE)

    def test_the_first_line_of_a_media_release_tells_the_date(self) -> None:
        line = "MEDIA RELEASE MINISTER FOR TRADE AND SHIPPING ADA LIND AL12 3 June 2021"
        [entry] = read(page("PORT TO OPEN IN JUNE", "", line, "", LEAD, "", MORE))
        assert entry["date_line"] == line
        assert str(entry["body"]).startswith(line)

    @pytest.mark.parametrize(
        "above", [["This Article is From Jun 3, 2021"], ["Office of the Press Secretary", "For Immediate Release", "June 3, 2021"]]
    )
    def test_dates_and_labels_above_the_title(self, above: list[str]) -> None:
        for times in (1, 3):
            [entry] = read(page(*above, "Port to open in June", "", *[LEAD, MORE] * times, LAST))
            assert (entry["title"], entry["date_line"]) == ("Port to open in June", above[-1])

    @pytest.mark.parametrize(
        "above",
        [
            ["News"],
            ["Sidebar", "Exclusive reports", "04"],
            ["World > Northern Europe"],
            ["https://example.org/ports"],
            ["Skocznadoszukania przejdźdotreściMenu StronaglownaArtykuly"],
        ],
    )
    def test_a_section_or_several_short_lines_above_the_title(self, above: list[str]) -> None:
        for times in (1, 3):
            [entry] = read(page(*above, "", "The port of Narvik is to open in June", "", *[LEAD, MORE] * times, LAST))
            assert entry["title"] == "The port of Narvik is to open in June"

    def test_a_short_title_above_a_longer_line(self) -> None:
        [entry] = read(page("Troubled waters off Narvik", "", "The port is to open in June after all", "", LEAD, MORE, LAST))
        assert entry["title"] == "Troubled waters off Narvik"

    def test_a_title_that_stands_again_below_the_date(self) -> None:
        [entry] = read(page("Port to open in June", "", "FRIDAY, JUNE 3, 2021", "|", "Port to open in June", "", LEAD, "", MORE))
        assert (entry["date_line"], entry["body"]) == ("FRIDAY, JUNE 3, 2021", f"{LEAD}\n\n{MORE}")

    def test_the_date_below_a_teaser_is_its_date(self) -> None:
        stories = [
            line
            for w in ("one", "two", "three", "four")
            for line in (f"Headline of the story number {w}", "", TEASER, "", f"June {len(w)}, 2021", "")
        ]
        entries = read(page("Skip to content", "", *stories))
        assert [(e["date_line"], e["body"]) for e in entries] == [(f"June {n}, 2021", TEASER) for n in (3, 3, 5, 4)]

    def test_nothing_but_title_and_date(self) -> None:
        [entry] = read(page(LEAD, LEAD, "3 June 2021"))
        assert (entry["title"], entry["date_line"], entry["body"]) == (LEAD, "3 June 2021", "")
