"""Which line is the title: below labels and paths, in digests and lists of stories. One test per habit, in words of our own."""

from __future__ import annotations

import polars as pl
import pytest

from transforms import layouts
from transforms.dates import publication_date
from transforms.layouts import plain
from transforms.lexicon import Lexicon
from warehouse import reference

LEXICON = Lexicon({"page_labels": reference.load()["page_labels"]})
TITLE = "Narvik opens its port to all ships"
LEAD = "Foreign Minister Ada Lind said on Monday that the port of Narvik would be open to all ships from the first day of June."
MORE = "The ministry gave no further details, but said that a text would be signed before the end of the month in Nairobi."
LAST = "Fishermen on both sides of the bay welcomed the deal, which had been held up for years by a quarrel over fees."
BODY = ("", LEAD, "", MORE, "", LAST)
STORIES = ("Peru sends two ships to the bay", "Chile asks for talks about fish", "Ferry strike enters its third week")


def read(*lines: str) -> list[dict[str, object]]:
    return layouts.read(pl.DataFrame({"document_id": ["a"], "raw_text": ["\n".join(lines)]}), LEXICON).to_dicts()


def titles(*lines: str) -> list[tuple[object, object]]:
    return [("main" if entry["block"] == "main" else "teaser", entry["title"]) for entry in read(*lines)]


def stories(text: str = LEAD, *below: str) -> list[str]:
    return [line for story in STORIES for line in ("", story, "", text, *below)]


class TestAbove:
    @pytest.mark.parametrize(
        "above",
        [
            ["All news"],
            ["Nation"],
            ["Import tariffs"],
            ["Breaking News"],
            ["1 min"],
            ["ADVERTISEMENT", "Harbour dues"],
            ["Sunday, February 8, 2026", "Home Blog Page 3"],
            [f"Home Current {TITLE}"],
            ["Save on what you spend Best cards of spring Shop now", "Import tariffs"],
            ["See our new pages at www.example.org"],
            ["Narvik opens its po..."],
            ["Back to Main page", "Back to Main page"],
            ["ships waiting off the port of Narvik"],
            ["Metadata", "", "- Domain: www.example.org", "- HTTP Status: 200", "", "Content"],
            ["■ ●"],
            ["icon bookmark " + "chevron downicon cameraicon checkicon " * 8 + "fm"],
            ["This site uses technology such as cookies to analyse traffic. By using this site you agree to that."],
            ["All the news from your coast.", "free ports"],
            ["IE 11 is not supported. For an optimal experience visit our site on another browser."],
            ["Harbour Post Online Edition"],
            ["Welcome to the official website of the Harbour Board"],
            ["facebook icon Facebook 8,173 google+ icon Google+ 272"],
            [".menu a { color: red; } @media (max-width: 90px) { .menu { width: 9px; } }", "", "{{ widget.title }}"],
            ["var slots = [];", "window.slots.push({ wide: true });", "(function() { show(); })();"],
            ['{ "@context": "https://schema.example", "@type": "NewsArticle" }'],
            [
                "Ada Lind speaks at the harbour on March 4, 2025",
                LEAD,
                "Ada Lind speaks at the harbour on March 4, 2025",
                "Jan Roe, AFP",
                "March 4, 2025",
            ],
        ],
    )
    def test_what_stands_above_a_headline_is_no_title(self, above: list[str]) -> None:
        assert titles(*above, "", TITLE, *BODY) == [("main", TITLE)]

    @pytest.mark.parametrize(
        "title",
        [
            "Norway drops the online edition",
            "Welcome to the ships of the north",
            "Facebook counts 272 harbours",
            "Press talk of Ada Lind on March 4, 2025",
            "Ada Lind's address to the harbour on March 4, 2025",
            "Var rules {as they stand} for the harbour",
            "The port of Narvik is open.",
        ],
    )
    def test_a_headline_that_looks_like_furniture(self, title: str) -> None:
        assert titles(title, "", "The port of Narvik is open to all ships", *BODY) == [("main", title)]

    def test_the_agencies_of_a_report_are_no_headline(self) -> None:
        page = [TITLE, "", LEAD, "", "Agencies and Harbour News EUROPE", "Published January 21, 2026", "Subscribe", "", MORE, "", LAST, "", LEAD]
        assert titles("Contact Us", "", *page) == [("main", TITLE)]
        story = "Agencies warn of famine in Narvik"
        assert titles("Contact Us", "", *[story if line.startswith("Agencies") else line for line in page]) == [("main", story)]

    @pytest.mark.parametrize("code", ["function show() { return 1; }", "  padding: 10px;", ".menu {", "}", "const ships = 3;"])
    def test_code_is_no_text(self, code: str) -> None:
        [entry] = read(TITLE, "", LEAD, "", code, "", MORE)
        assert entry["body"] == f"{LEAD}\n\n{MORE}"

    @pytest.mark.parametrize(
        "text", ["Function follows form, the architect of the port said.", "The text {as it stood} was signed at last;", f"{LEAD} {{sic}}"]
    )
    def test_text_with_the_signs_of_code(self, text: str) -> None:
        [entry] = read(TITLE, "", LEAD, "", text, "", MORE)
        assert entry["body"] == f"{LEAD}\n\n{text}\n\n{MORE}"

    @pytest.mark.parametrize("title", ["Fiji visit", "Troubled waters"])
    def test_a_short_title_stays_above_the_name_of_its_issuer(self, title: str) -> None:
        assert titles(title, "", "MEDIA RELEASE MINISTER FOR FOREIGN AFFAIRS ADA LIND", "", "12 December 2001", *BODY) == [("main", title)]

    def test_a_title_of_which_the_text_says_nothing_stays_above_its_subtitle(self) -> None:
        subtitle = "The port of Narvik is open to all ships"
        assert titles("Troubled waters off the north coast", "", subtitle, *BODY) == [("main", "Troubled waters off the north coast")]

    def test_a_crawler_s_date(self) -> None:
        [entry] = read(f" date 2018-04-17 {TITLE}", *BODY)
        assert (entry["title"], entry["date_line"]) == (TITLE, "2018-04-17")

    def test_a_text_above_its_headline_and_date(self) -> None:
        [entry] = read(MORE, TITLE, "By", "Ada Lind", "May 18, 2007 10:15AM", "", LEAD, "", LAST)
        assert (entry["title"], entry["body"]) == (TITLE, f"{MORE}\n\n{LEAD}\n\n{LAST}")

    def test_the_date_below_the_title_comes_before_that_of_the_site(self) -> None:
        [entry] = read("Saturday, January 17, 2026", "", TITLE, "By Ada Lind, 15 June 2023", *BODY)
        assert entry["date_line"] == "By Ada Lind, 15 June 2023"

    @pytest.mark.parametrize(
        ("page", "date"),
        [
            ([f"{TITLE} – Wednesday 13/07/2022", *BODY], "2022-07-13"),
            ([TITLE, "", f"Today (23 June 2022), the minister met her colleague from Nairobi. {LEAD}", "", MORE], "2022-06-23"),
            ([TITLE, "", "https://example.org/narvik", "", "06:00 PM, Monday, September 01, 2025", *BODY], "2025-09-01"),
            ([TITLE, *BODY, "", "7 June 2001 Media Contact: Jan Roe (02) 6277 7860", "", "Media Release Index"], "2001-06-07"),
            ([TITLE, *BODY, "", "Ministry of Harbours", "07 August 2019", "", "Media Contact", "", "Jan Roe"], "2019-08-07"),
            ([TITLE, *BODY, "", "12 May 2003", "", "Oslo", "", "Jan Roe"], "2003-05-12"),
            ([MORE, TITLE, "By", "Ada Lind", "on", "May 18, 2007 10:15AM", "", LEAD, "", LAST], "2007-05-18"),
        ],
    )
    def test_a_date_elsewhere(self, page: list[str], date: str) -> None:
        [entry] = read(*page)
        assert str(publication_date(pl.Series([entry["date_line"]], dtype=pl.String), Lexicon(reference.load()))["edtf"].item()) == date

    @pytest.mark.parametrize("title", ["What the harbour at Narvik was on 4 March 2025", "Narvik opens the 3x3 cup 2025"])
    def test_a_date_in_a_title_is_not_always_that_of_the_page(self, title: str) -> None:
        [entry] = read(title, "", f"{LEAD} It had been closed since 12 May 2003.", "", MORE)
        assert entry["date_line"] is None

    def test_of_two_headlines_above_a_date_the_shorter_is_the_title(self) -> None:
        said = "Port of Narvik opens, and the quarrel is over"
        assert titles(said, TITLE, "", "January 20, 2006 | Page 2", *BODY) == [("main", TITLE)]
        assert titles(TITLE, said, "", "January 20, 2006 | Page 2", *BODY) == [("main", TITLE)]

    def test_a_title_that_stands_cut_off_below(self) -> None:
        title = "Port opens to all ships in June, and the fees of the ferries fall again"
        for top in ((title,), ("Latest", title)):
            assert read(*top, "", title[:43], "", LEAD, "", MORE)[0]["title"] == title

    def test_the_title_of_the_page_stays_above_a_first_section_with_a_long_subtitle(self) -> None:
        subtitle = "Foreign Minister Ada Lind has opened the port of Mombasa to all ships from June on, which fishermen have long been waiting for"
        lines = ("June 3: Foreign minister in Mombasa, ferries, nets", "2024-06-03", "", "Port opens", "", subtitle, "", LEAD, "", MORE)
        assert read(*lines)[0]["title"] == lines[0]

    def test_a_short_title_above_what_is_said_about_it(self) -> None:
        said = "All ships of all flags may enter from June on, says the minister, and fishermen on both sides of the bay are content"
        assert titles("Narvik port", "", said, *BODY) == [("main", "Narvik port")]
        assert titles("Import tariffs", "", said, *BODY) == [("main", said)]

    def test_a_photo_above_the_headline(self) -> None:
        photo = ["Scroll to the top", "", "Ships wait off the port of Narvik in the early morning of January 14, 2024.", "", "REUTERS/Jan Roe"]
        assert titles(*photo, "", TITLE, *BODY) == [("main", TITLE)]

    def test_a_heading_of_the_first_level_is_the_title(self) -> None:
        assert titles("# Threat Landscape", "Ships and ports of the north", "", LEAD, "", "Fees and fish of the bay", "", MORE) == [
            ("main", "Threat Landscape")
        ]

    def test_notes_below_a_story_in_a_box_are_no_stories(self) -> None:
        foot = [
            "Recommended Posts",
            STORIES[0],
            "25 Nov 2023 - Articles, English articles, News",
            "",
            "About the author: Jan Roe",
            "",
            "Comments are closed.",
        ]
        assert titles(TITLE, *BODY, "", *foot) == [("main", TITLE), ("teaser", STORIES[0])]

    def test_a_digest_that_greets_its_readers(self) -> None:
        page = ["News Daily: Port opens, and a minister quits", "", "Hello. Here's your morning briefing:", *stories()]
        assert titles(*page)[0][1] == "News Daily: Port opens, and a minister quits"

    def test_the_number_of_a_press_release_is_no_part_of_its_title(self) -> None:
        assert titles(f"{TITLE} MPS 071/2001", *BODY) == [("main", TITLE)]
        assert titles("Narvik buys ships of type A 7/12", *BODY) == [("main", "Narvik buys ships of type A 7/12")]

    def test_a_caption_that_stands_twice_below_the_title(self) -> None:
        assert titles(TITLE, "", "Foreign Minister Ada Lind", "", "Foreign Minister Ada Lind", *BODY) == [("main", TITLE)]

    def test_labels_at_the_end_are_no_text(self) -> None:
        [entry] = read(TITLE, *BODY, "", "Back to top")
        assert str(entry["body"]).endswith(LAST)

    def test_a_line_of_the_site_above_a_title_with_its_subtitle(self) -> None:
        subtitle = "Foreign minister says that the quarrel over fees is settled for all ships in the bay"
        assert titles("Harbour Post on the web of letters", "", TITLE, subtitle, *BODY) == [("main", TITLE)]

    def test_a_headline_may_end_with_an_exclamation_mark(self) -> None:
        foot = ["Share", "Related Articles", "Leave a Reply", "Back to top"]
        assert titles("World News", "", "Narvik expels 85 diplomats in one day!", *BODY, *foot) == [
            ("main", "Narvik expels 85 diplomats in one day!")
        ]

    def test_the_headlines_of_videos_between_a_title_and_its_article(self) -> None:
        menu = ["Menu", "World", "Politics", "Sports", "Subscribe", "Log in"]
        videos = [line for story in STORIES for line in ("Video Ad Feedback", story, "02:27")]
        assert titles(*menu, TITLE, "May 18, 2007", *videos, *BODY, "Leave a Reply")[0] == ("main", TITLE)

    def test_the_links_of_a_page_are_numbered(self) -> None:
        wrapped = [LEAD[:60], LEAD[60:], "", MORE[:60], MORE[60:], "", LAST[:60], LAST[60:]]
        assert titles("[1]Home [2]News [3]World [4]Opinion [5]Contact us", "", TITLE, "", *wrapped)[0] == ("main", TITLE)

    def test_a_short_title_that_stands_twice_again_as_a_caption(self) -> None:
        assert titles("World Economy", "", "Narvik opens port", "", "Narvik opens portNarvik opens port", *BODY) == [("main", "Narvik opens port")]

    def test_a_page_whose_title_stands_twice(self) -> None:
        assert titles(TITLE, "", TITLE, "", "example.org", "", "Published", "", LEAD, "", "Full Article") == [("main", TITLE)]

    def test_comments_below_a_text_are_no_text(self) -> None:
        foot = [
            "1 comment:",
            "",
            "1. I guess that they are all angry now that the port is open to everybody.",
            "",
            "Note: Only a member of this blog may post.",
        ]
        [entry] = read("Thursday, March 26, 2020", "", TITLE, *BODY, "", *foot)
        assert (entry["title"], entry["body"]) == (TITLE, f"{LEAD}\n\n{MORE}\n\n{LAST}")
        [entry] = read(TITLE, "", "12 comments", *BODY)
        assert str(entry["body"]).endswith(LAST)


class TestDigest:
    @pytest.mark.parametrize(
        "title",
        [
            "Cybersecurity Daily Briefing",
            "In Other News: Dam Hacked, Fees Paid",
            "World news in brief",
            "Following is a summary of current harbour news.",
            "This week in shipping",
            "Weekly Digest 74",
            "Five things you need to know about the harbours this week",
        ],
    )
    def test_a_digest_and_its_stories(self, title: str) -> None:
        entries = read(title, "", "Here is what our readers talked about in these days.", *stories(LEAD, "", MORE))
        assert [(e["block"], e["title"]) for e in entries] == [("main", title), *(("listing", story) for story in STORIES)]
        assert entries[0]["body"] == "Here is what our readers talked about in these days."
        assert entries[1]["body"] == f"{LEAD}\n\n{MORE}"

    def test_headlines_in_fences(self) -> None:
        fenced = [line for story in STORIES for line in ("```", f"{story} ", " ", "```", "", LEAD, "")]
        got = titles("---", 'title: "News Highlights of the day"', "lang: en", "---", "", *fenced)
        assert got == [("main", "News Highlights of the day"), *(("teaser", story) for story in STORIES)]

    def test_a_list_of_links_with_their_addresses(self) -> None:
        links = [f"* {story}  https://example.org/{i}" for i, story in enumerate(STORIES)]
        assert titles("Weekly Digest 74", "", LEAD, "", *links) == [("main", "Weekly Digest 74"), *(("teaser", story) for story in STORIES)]

    def test_stories_that_a_line_announces(self) -> None:
        intro = [
            "We collect what others have missed, every week.",
            "",
            "Each of it may be short, but all of it counts.",
            "",
            "Here are the stories of this week:",
        ]
        assert titles("Ships, Fees and Fish", "", *intro, *stories(LEAD)) == [
            ("main", "Ships, Fees and Fish"),
            *(("teaser", story) for story in STORIES),
        ]
        sections = [
            line for name in ("The fees of the port", "The fish of the bay", "The crews of the ships") for line in ("", name, "", LEAD, "", MORE)
        ]
        assert titles(TITLE, "", LEAD, "", "The minister named her three points:", *sections) == [("main", TITLE)]

    def test_an_article_about_a_summit_is_none(self) -> None:
        sections = [line for name in ("Fees", "Fish", "The crews") for line in ("", name, "", LEAD, "", MORE)]
        assert titles("Minister gives press a summary of talks", "", LAST, *sections) == [("main", "Minister gives press a summary of talks")]


class TestListing:
    def test_stories_below_the_name_of_the_page(self) -> None:
        assert titles("Harbours News, Articles and Updates", *stories()) == [("teaser", story) for story in STORIES]

    def test_stories_that_lead_on(self) -> None:
        cards = [line for story in STORIES for line in (story, LEAD, f"{story} Read More »")]
        assert titles(*cards) == [("teaser", story) for story in STORIES]

    def test_a_list_that_was_cut_off_at_a_headline(self) -> None:
        got = titles("Harbours News, Articles and Updates", *stories(), "", "Norway counts all of its boats again")
        assert got == [("teaser", story) for story in (*STORIES, "Norway counts all of its boats again")]

    def test_texts_that_are_cut_off(self) -> None:
        assert titles("Bay", *stories(f"{LEAD[:-1]}…")) == [("teaser", story) for story in STORIES]

    def test_two_texts_that_are_cut_off(self) -> None:
        cut = [line for story in STORIES[:2] for line in ("", story, "", f"{LEAD[:-1]}…")]
        assert titles("Home » Topics » Narvik", *cut) == [("teaser", story) for story in STORIES[:2]]

    def test_four_headlines_with_a_paragraph_each(self) -> None:
        four = (*STORIES, "Norway counts all of its boats again")
        lines = [line for n, story in enumerate(four) for line in (story, f"{LEAD} They are {n} so far, said the minister, and no more.")]
        assert titles(*lines) == [("teaser", story) for story in four]

    def test_headlines_with_their_text_cut_off_stand_twice_around_a_date(self) -> None:
        cards = [line for story in STORIES for line in (story, "July 23, 2021", "", story, "", f"NARVIK (AP) — {LEAD[:-1]}.…READ MORE", "")]
        entries = read("All Stories", "", *cards)
        assert [(e["title"], e["date_line"]) for e in entries] == [(story, "July 23, 2021") for story in STORIES]

    def test_a_page_of_nothing_but_a_list(self) -> None:
        assert titles(*(f"- {story}" for story in STORIES)) == [("teaser", story) for story in STORIES]

    def test_one_story_above_many_headlines_is_the_article(self) -> None:
        cards = [line for story in (*STORIES, "Norway counts its boats again") for line in ("1 min read", "", story, "", "12 hours ago")]
        page = [
            "Harbour.com",
            "",
            "Stay Smart About Harbours",
            "",
            TITLE,
            "",
            "12 hours ago 1 min read",
            "",
            f"{LEAD} {MORE} {LAST}",
            "",
            "More Articles",
            "",
        ]
        assert titles(*page, *cards)[0] == ("main", TITLE)

    def test_a_line_below_a_headline_is_said_about_it_where_the_others_have_a_text(self) -> None:
        said = "All the ships of the northern fleet are on their way to the bay again"
        entries = read("Harbours News, Articles and Updates", "", "Norway counts its boats again", "", said, *stories())
        assert [e["title"] for e in entries] == ["Norway counts its boats again", *STORIES]
        assert entries[0]["body"] == said

    def test_two_headlines_below_a_call_at_the_end(self) -> None:
        assert titles(TITLE, *BODY, "", "Subscribe to our newsletter", "", *STORIES[:2]) == [("main", TITLE), *(("teaser", s) for s in STORIES[:2])]

    def test_links_to_the_articles_before_and_after(self) -> None:
        menu = ["Harbour Post", "Podcasts", "Webinars", "Search"]
        beside = [f"{STORIES[0]}Previous article", f"{STORIES[1]}Next article"]
        got = titles(f"{TITLE} | Harbour Post", *menu, *beside, "", TITLE, "", "May 18, 2007", "Share this article", *BODY, "", "Share this article")
        assert got == [("main", TITLE), *(("teaser", s) for s in STORIES[:2])]

    @pytest.mark.parametrize(
        ("line", "story"),
        [
            (f"See also {STORIES[0]}", STORIES[0]),
            (f"►Also read: {STORIES[0]}", STORIES[0]),
            (f"« Previous: {STORIES[0]}", STORIES[0]),
            (f"Next post {STORIES[0]}", STORIES[0]),
            (f"Previous article{STORIES[0]}", STORIES[0]),
        ],
    )
    def test_a_link_below_an_article(self, line: str, story: str) -> None:
        assert titles(TITLE, *BODY, "", line) == [("main", TITLE), ("teaser", story)]
        assert titles(TITLE, "", TITLE, *BODY, "", line, "", LEAD) == [("main", TITLE), ("teaser", story)]

    def test_links_to_the_stories_before_and_after(self) -> None:
        foot = [f"Previous {STORIES[0]}", f"Next {STORIES[1]}"]
        assert titles(TITLE, *BODY, "", *foot) == [("main", TITLE), *(("teaser", story) for story in STORIES[:2])]
        [entry] = read(TITLE, *BODY, "", "Previous talks had failed, and no others were planned.", "", "Next of kin were told on Monday, she said.")
        assert str(entry["body"]).endswith("she said.")

    def test_a_link_to_the_whole_text_is_no_story(self) -> None:
        foot = ["Read the minister’s full statement", "", "Visits: 25", "Today: 2", f"Next post {STORIES[0]}"]
        assert titles(TITLE, *BODY, "", *foot) == [("main", TITLE), ("teaser", STORIES[0])]

    def test_addresses_between_headlines_and_their_dates(self) -> None:
        notes = [
            f"- https://www.example.org/{'x' * n}\n- RSS feed: $source\n- date published: 2024-12-04T18:00:00+00:00" for n in (20, 90, 200, 20, 90)
        ]
        five = (*STORIES, "Norway counts all of its boats again", "Fees fall again for the small ships")
        lines = [line for story, note in zip(five, notes, strict=True) for line in (f"# {story}", note, "", LEAD, "")]
        assert [(e["title"], e["block"]) for e in read(*lines)] == [(story, "listing") for story in five]

    def test_few_words_in_a_list_of_dated_headlines(self) -> None:
        more = ("Norway counts its boats again", "Fees fall for small ships", "A quay for the new ferry", "Bay fish wars")
        cards = [line for story in (*STORIES, *more) for line in (story, "May 17, 2007")]
        foot = ["Harbour Publicity & advertising company, Subscription and Circulation", "Home", "About us", "Contact us", "Privacy policy"]
        got = titles(TITLE, *BODY, "Most Read", *cards, *foot)
        assert got == [("main", TITLE), *(("teaser", story) for story in (*STORIES, *more))]

    def test_a_sentence_in_a_list_of_dated_headlines(self) -> None:
        dated = [*STORIES, "I left Narvik for Oslo. That’s when it got hard."]
        lines = [line for story in dated for line in (story, "May 17, 2007", "", "The quarrel over fees has cost the port dearly.", "")]
        assert titles(*lines) == [("teaser", story) for story in dated]

    def test_a_label_above_each_headline_tells_short_ones(self) -> None:
        cards = [line for story in ("Meanwhile in Narvik…", *STORIES) for line in ("State", "", story, "", f"{LEAD[:-1]} …", "")]
        assert titles(*cards) == [("teaser", story) for story in ("Meanwhile in Narvik…", *STORIES)]

    def test_a_text_that_ends_with_its_headline_once_more(self) -> None:
        cards = [line for story in STORIES for line in (story, "", f"{LEAD} {MORE} Yet this … Continue reading {story}", "")]
        assert titles(*cards) == [("teaser", story) for story in STORIES]

    def test_sentences_as_headlines_at_the_end(self) -> None:
        said = ["Narvik loses four to two against Oslo.", STORIES[0], "Fishermen demand to see the reports."]
        page = [TITLE, *BODY, "", "Comments", "", "Popular posts from this blog", ""]
        assert titles(*page, *(line for story in said for line in (story, ""))) == [("main", TITLE), *(("teaser", story) for story in said)]
        decks = [line for story in STORIES for line in (story, "The quarrel over fees has cost the port dearly.")]
        assert titles(*page, *decks) == [("main", TITLE), *(("teaser", story) for story in STORIES)]

    def test_a_question_with_an_abbreviation(self) -> None:
        cut = [line for story in ("Norway – U.S. — Talks About Talks?", STORIES[0]) for line in ("", story, "", f"{LEAD[:-1]} […]")]
        assert titles("Tag: talks", *cut) == [("teaser", "Norway – U.S. — Talks About Talks?"), ("teaser", STORIES[0])]

    def test_the_slogan_below_the_name_of_the_outlet_is_none(self) -> None:
        foot = ["Harbour Post", "The First Stop For Harbour News", "About Us", "Contact Us", "Privacy Policy"]
        menu = ["Harbour Post", "Podcasts", "Webinars", "Search"]
        got = titles(f"{TITLE} | Harbour Post", *menu, TITLE, "May 18, 2007", *BODY, "Latest News", STORIES[0], "May 17, 2007", *foot)
        assert got == [("main", TITLE), ("teaser", STORIES[0])]


@pytest.mark.parametrize(
    "title", ["Narvik", "Port of Narvik", "Fees for ships", "World News", "Sport", "By Ada Lind", "Russia Ukraine", "Page 3", "3 min read"]
)
@pytest.mark.parametrize("second", [f"{LEAD} {MORE} {LAST}", TITLE, LEAD])
def test_a_short_first_line_is_read_alike_by_columns_and_by_lines(title: str, second: str) -> None:
    frame = pl.DataFrame({"document_id": ["a"], "raw_text": ["\n\n".join([title, second, *[f"{LEAD} {MORE}"] * 4])]})
    slow = layouts._by_line(frame, LEXICON)
    sure = plain.with_sure(frame, LEXICON)["sure"].item()
    if sure:
        quick = plain.read_sure(frame)
        assert quick.to_dicts() == slow.select(quick.columns).to_dicts()
    assert sure == (title in ("Narvik", "Port of Narvik", "Fees for ships") and len(second) > 260)


@pytest.mark.parametrize(
    "last",
    [
        "The deal was welcomed by all. (AFP)",
        f"{LAST} The deal was welcomed by all. (AFP)",
        "Ada Lind in Narvik. (AFP)",
        "Back to top.",
        "Facebook 12 LinkedIn 463",
        "The port counts 12 ships and 463",
        "var ships = 3;",
    ],
)
def test_the_end_of_a_page_is_read_alike_by_columns_and_by_lines(last: str) -> None:
    raw = "\n\n".join([TITLE, *[LEAD + " " + MORE] * 4, last])
    frame = pl.DataFrame({"document_id": ["a"], "raw_text": [raw]})
    slow = layouts._by_line(frame, LEXICON)
    if plain.with_sure(frame, LEXICON)["sure"].item():
        quick = plain.read_sure(frame)
        assert quick.to_dicts() == slow.select(quick.columns).to_dicts()
    assert str(slow["body"].item()).endswith("welcomed by all. (AFP)") == (len(last) > 100)
