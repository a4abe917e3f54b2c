"""Pages of many stories: feeds, digests, lists of headlines, and the links to other stories around an article."""

from __future__ import annotations

import polars as pl
import pytest

from transforms import layouts
from transforms.lexicon import Lexicon
from warehouse import reference

LEXICON = Lexicon({"page_labels": reference.load()["page_labels"]})

LEAD = "Foreign Minister Ada Lind said on Monday that the port of Mombasa would be open to all ships from the first day of June."
MORE = "The ministry gave no further details, but said that a text would be signed before the end of the month in Nairobi."
LAST = "Fishermen on both sides of the bay welcomed the deal, which had been held up for years by a quarrel over fees."


def read(raw: str) -> list[dict[str, str]]:
    return layouts.read(pl.DataFrame({"document_id": ["a"], "raw_text": [raw]}), LEXICON).to_dicts()


def page(*lines: str) -> str:
    return "\n".join(lines)


@pytest.mark.parametrize("mark", ["■", "●●", "▪ ◼"])
def test_a_line_of_marks_alone_is_no_text(mark: str) -> None:
    [entry] = read(page("Port to open in June", "", LEAD, "", MORE, "", mark, "", "Related articles", ""))
    assert entry["title"] == "Port to open in June"


def titles(raw: str) -> list[str]:
    return [entry["title"] for entry in read(raw)]


PORT, FERRY, NETS = "Port opens to all ships in June", "Ferry fares rise again", "Nets found off the northern coast"
THREE = [PORT, FERRY, NETS]


class TestRecords:
    @pytest.mark.parametrize(
        "record",
        [
            "Title: {}\nLink: https://example.org/a\nDate: 4 May 2019\nDescription: The harbour board told fishermen so.\n",
            '- title: "{}"\n  published: 2019-05-04\n  summary: "The harbour board told fishermen so."',
            "**Headline:** [{}](https://example.org/a)\n**Date:** 4 May 2019\n**Summary:** The harbour board told fishermen so.\n---",
            '{{"title": "{}", "url": "https://example.org/a", "publishedAt": "2019-05-04T10:00:00Z", "description": "The harbour board told fishermen so."}},',
            "<item><title>{}</title><description><![CDATA[<p>The harbour board told fishermen so.</p>]]></description><pubDate>4 May 2019</pubDate></item>",
            "## {}\n - https://example.org/a\n - RSS: x\n - date published: 2019-05-04T10:00:00\n\nThe harbour board told fishermen so.\n",
            "| 2019-05-04 | {} | The harbour board told fishermen so. |",
        ],
    )
    def test_each_is_a_story_with_date_and_text(self, record: str) -> None:
        raw = ("[" if record.startswith("{") else "") + "\n".join(record.format(title) for title in (PORT, FERRY + " for islanders", NETS))
        found = read(raw)
        assert [entry["title"] for entry in found] == [PORT, FERRY + " for islanders", NETS]
        assert {entry["body"] for entry in found} == {"The harbour board told fishermen so."}
        assert {entry["block"] for entry in found} == {"listing"}
        assert all(entry["date_line"] and "2019" in entry["date_line"] for entry in found)
        assert all(title in raw[entry["start_char"] : entry["end_char"]] for entry, title in zip(found, THREE, strict=True))

    @pytest.mark.parametrize(
        "line",
        ["1. [{}](https://example.org/a) - Bay News", "**{}.** The harbour board told fishermen so on Monday.", "### [{}](https://example.org/a)\n"],
    )
    def test_links_and_headlines_in_bold(self, line: str) -> None:
        long = [PORT, FERRY + " for islanders", NETS]
        assert titles("\n".join(line.format(title) for title in long)) == long

    def test_front_matter_and_subheadings_are_none(self) -> None:
        top = "---\ntitle: Port to open in June\ndate: 2019-05-04\ndescription: A port.\n---\n"
        for between in ("## What the board said about the fees", "**What the board said:** more than once.", "Title: a word of law"):
            [entry] = read(top + "\n\n".join(["# Port to open in June", LEAD, between, MORE, between, LAST, between, MORE]))
            assert (entry["title"], entry["block"]) == ("Port to open in June", "main")


class TestLinks:
    @pytest.mark.parametrize(
        "links",
        [
            ("Previous Ferry fares rise", "Next Nets found off the coast"),
            ("« Previous: Ferry fares rise", "Next: Nets found off the coast »"),
            ("Previous post Ferry fares rise for islanders", "Next post Nets found off the coast"),
            ("Older Ferry fares rise", "Newer Nets found off the coast"),
        ],
    )
    def test_the_stories_before_and_after(self, links: tuple[str, str]) -> None:
        found = read(page("Port to open in June", "", LEAD, "", MORE, "", LAST, "", *links))
        assert [entry["block"] for entry in found] == ["main", "related", "related"]
        assert found[1]["title"].startswith("Ferry fares rise")
        assert found[2]["title"] == "Nets found off the coast"

    def test_a_word_that_begins_a_paragraph_is_no_link(self) -> None:
        later = "Next week both ministers will meet again to sign what they have agreed upon, officials of both sides said."
        [entry] = read(page("Port to open in June", "", LEAD, "", MORE, "", later))
        assert entry["body"].endswith(later)

    @pytest.mark.parametrize("link", ["See also  Ferry fares rise for islanders", "►Also read: Ferry fares rise for islanders"])
    def test_a_link_without_a_mark_or_behind_an_arrow(self, link: str) -> None:
        for title in (["Port to open in June"], ["Port to open in June"] * 2):
            found = read(page(*title, "", LEAD, "", MORE, "", link, "", LAST))
            assert [entry["title"] for entry in found] == ["Port to open in June", "Ferry fares rise for islanders"]


class TestLists:
    def test_short_headlines_where_all_have_a_date_below(self) -> None:
        stories = [*THREE, "Bay votes", "Islanders welcome a new harbour master"]
        raw = page("World", *(line for n, title in enumerate(stories) for line in (title, f"May {n + 1}, 2019", "world")))
        assert titles(raw) == stories

    def test_short_headlines_where_all_have_an_age_below(self) -> None:
        stories = [*THREE, "Bay votes", "Islanders welcome a new harbour master"]
        assert titles(page("World", "", *(line for n, title in enumerate(stories) for line in (title, f"{n + 1} hours ago", "Coast", "")))) == stories

    def test_texts_cut_off_below_the_name_of_a_tag(self) -> None:
        raw = page("Tag: fees", "", *(line for title in THREE for line in (title, "", LEAD + " " + MORE[:40], "")))
        assert titles(raw) == THREE

    def test_texts_that_break_off_without_a_sign(self) -> None:
        raw = page(*(line for title in THREE for line in (title + " of the bay", "", LEAD + " " + MORE[:40], "")))
        assert titles(raw) == [title + " of the bay" for title in THREE]

    @pytest.mark.parametrize("order", ["above", "below", "behind"])
    def test_a_date_belongs_to_its_headline(self, order: str) -> None:
        lines, stories = [], [PORT, "Ferry fares rise again for islanders", NETS, "Islanders welcome a new harbour master"]
        for n, title in enumerate(stories):
            date = f"May {n + 1}, 2019"
            lines += {"above": [date, title, LEAD], "below": [title, date, LEAD], "behind": [f"{title} {date}", LEAD]}[order]
        found = read(page("Coast", "", *lines))
        assert [entry["title"] for entry in found] == stories
        assert [entry["date_line"] for entry in found] == [f"May {n + 1}, 2019" for n in range(4)]
        assert {entry["body"] for entry in found} == {LEAD}

    def test_dates_in_front_of_headlines_are_none_of_their_words(self) -> None:
        for form in ("{:02}.05.2019 - {}", "May {}, 2019 {}", "[2019-05-{:02}] {}"):
            found = read(page("News archive", "", *(form.format(n + 1, title + " of the bay") for n, title in enumerate(THREE))))
            assert [entry["title"] for entry in found] == [title + " of the bay" for title in THREE]
            assert all(entry["date_line"] for entry in found)

    def test_bullets_below_the_name_of_the_page(self) -> None:
        stories = [title + " of the bay" for title in THREE]
        assert titles(page("World headlines", "", *(f"- {title}" for title in stories))) == stories
        [entry] = read(page("Port to open in June", "", LEAD, "", *(f"- {title}" for title in THREE)))
        assert entry["title"] == "Port to open in June"

    def test_numbered_headlines_with_a_text_each(self) -> None:
        stories = [title + " of the bay this week" for title in THREE]
        lines = [line for n, title in enumerate(stories) for line in (f"{n + 1}. {title}", "", LEAD, "")]
        assert titles(page("Three stories that you may have missed in May", "", *lines)) == stories
        assert titles(page("How to mend a net without any help", "", *lines)) == ["How to mend a net without any help"]

    def test_a_headline_glued_to_the_text_above(self) -> None:
        told = "A landslide in the south of the island has killed at least six people, officials of the region said on ..."
        stories = [title + " of the bay" for title in [*THREE, "Islanders welcome a new harbour master"]]
        assert titles("Coast\n" + stories[0] + "\n" + "\n".join(told + title for title in stories[1:]) + "\n" + told) == stories


class TestPosts:
    @pytest.mark.parametrize(
        "form",
        [
            "May {n}, 2019\n\n{title}\n\n{text}",
            "{title}\n\nBy Ada Lind | May {n}, 2019\n\n{text}",
            "{title}\n\n{text}\n\nPosted by Ada at 10:3{n} AM | No comments",
        ],
    )
    def test_whole_stories_below_each_other(self, form: str) -> None:
        text = "\n\n".join([LEAD, MORE, LAST])
        found = read("Harbour Watch\n\n" + "\n\n".join(form.format(n=n + 1, title=title, text=text) for n, title in enumerate(THREE)))
        assert [entry["title"] for entry in found] == THREE
        assert {entry["block"] for entry in found} == {"listing"}
        assert {entry["body"] for entry in found} == {text}
        assert [entry["date_line"] is not None for entry in found] == ["2019" in form] * 3

    def test_a_timeline_is_none(self) -> None:
        days = [line for n in range(4) for line in (f"May {n + 1}, 2019", "", LEAD, "", MORE, "")]
        assert titles(page("Port to open in June", "", LAST, "", *days)) == ["Port to open in June"]


class TestReviews:
    @pytest.mark.parametrize("item", ["• {} (Bay News)", "- [Bay News] {} ([link](https://example.org/a))"])
    def test_each_item_that_names_its_outlet_is_a_story(self, item: str) -> None:
        stories = [title + " of the bay" for title in [*THREE, "Islanders welcome a new harbour master"]]
        raw = page("Coastal media highlights 14 January", "", "STORIES FROM THE LOCAL PRESS", "", *(item.format(title) for title in stories))
        assert [title.removesuffix(" (Bay News)") for title in titles(raw)][-4:] == stories

    def test_titles_that_hold_a_date(self) -> None:
        lines = [line for n in range(4) for line in (f"Bay Press Review – May {n + 1}, 2019", "", LEAD, "")]
        assert titles(page("Home Page", "", "Press Reviews", "", *lines)) == [f"Bay Press Review – May {n + 1}, 2019" for n in range(4)]

    def test_headlines_in_a_row_without_a_mark_at_the_end_of_a_page(self) -> None:
        stories = ["Fishermen find a wreck of three centuries off the northern coast", "Harbour board puts off its vote on new fees once more",
                   "Ferry to the outer islands stays in port for repairs", "Kenyan divers free a whale from nets near the old lighthouse"]  # fmt: skip
        found = read(page("Port to open in June", "", LEAD, "", MORE, "", LAST, "", " ".join(stories)))
        assert [entry["title"] for entry in found] == ["Port to open in June", *stories]
        assert found[0]["body"].endswith(LAST)


class TestAroundAnArticle:
    ARTICLE = ("News", "Port of Mombasa opens to all ships from June on", "Saturday, 1 June 2024, 00:34", LEAD, MORE, LAST)

    def test_news_by_the_hour(self) -> None:
        told = ["Dam bursts above the old mill", NETS, "Mayor asks for longer opening hours", "Storm damages two piers at night", "Pilots on strike"]
        feed = [line for hour, headline in enumerate(told) for line in (f"{hour:02}:15", headline)]
        entries = read(page("Harbour Post", "Focus", *feed, *self.ARTICLE))
        assert [e["title"] for e in entries if e["block"] == "listing"] == told
        assert [e["title"] for e in entries if e["block"] == "main"] == [self.ARTICLE[1]]

    def test_what_was_said_hour_by_hour_is_no_list(self) -> None:
        hours = [line for hour, text in enumerate([LEAD, MORE, LAST, LEAD[:-1] + ", he said."]) for line in (f"{hour:02}:15", "", text, "")]
        assert [e["block"] for e in read(page(self.ARTICLE[1], "", *hours))] == ["main"]

    @pytest.mark.parametrize("line", ["1000x90.jpg (78 KB)", "Annual report.pdf (2.4 MB)"])
    def test_a_file_is_no_headline(self, line: str) -> None:
        assert line not in titles(page(*self.ARTICLE, "All news", PORT, FERRY, line, NETS))
