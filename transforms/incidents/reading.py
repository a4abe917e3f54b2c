"""A sentence as words, with who is named where: what the rules of incidents read."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from transforms.context import Mention, Sentence
from transforms.incidents.lists import Lists
from transforms.parties import Party

# numbers by which security firms and authorities call groups
CODE = re.compile(r"\b(?:unc|apt-?|ta|uac-|uat-?|dev-|tag-|storm-|cl-sta-|fin|ref|tgr-)\d{2,5}\b", re.ASCII)
_TOKEN = re.compile(r"(\d+(?:,\d{3})+|[^\W_]+(?:[-.&][^\W_]+)*|['’]s?(?!\w)|[^\w\s])")

# fmt: off
PREPOSITIONS = frozenset((
    "across", "against", "aimed", "among", "around", "at", "between", "by", "for", "from", "in", "including", "inside", "into", "near",
    "of", "off", "on", "onto", "outside", "over", "targeting", "through", "throughout", "to", "toward", "towards", "under", "upon",
    "via", "with"
))
# fmt: on
BE = frozenset(["was", "were", "been", "being", "is", "are", "be", "got"])
HAVE = frozenset(["have", "has", "had", "having"])
MODALS = frozenset(["will", "would", "shall", "should", "could", "can", "may", "might", "must"])
# fmt: off
ADVERBS = frozenset((
    "again", "all", "already", "also", "been", "being", "both", "did", "do", "does", "even", "first", "formally", "had", "has", "have",
    "having", "jointly", "just", "later", "never", "not", "now", "once", "recently", "since", "soon", "still", "then", "to", "yet"
))
# fmt: on
# words that open a clause: no phrase goes on past them
# fmt: off
CLAUSE = frozenset((
    "adding", "after", "although", "amid", "as", "because", "before", "but", "causing", "citing", "despite", "following", "forcing",
    "if", "injuring", "killing", "leaving", "noting", "prompting", "saying", "since", "so", "than", "that", "then", "though", "unless",
    "until", "warning", "when", "where", "whereas", "whether", "which", "while", "who", "whom", "whose", "wounding"
))
# fmt: on
# fmt: off
SAYING = frozenset((
    "accused", "added", "alleged", "alleges", "announced", "assess", "assessed", "believe", "believes", "blamed", "claimed", "claims",
    "concluded", "confirmed", "declared", "found", "identified", "insisted", "noted", "reported", "reports", "revealed", "said", "say",
    "says", "stated", "told", "warned", "wrote"
))
# fmt: on
# fmt: off
_BREAK = frozenset((
    '"', "(", ")", ":", ";", "[", "]", "–", "—", "“", "”"
))
# fmt: on
# fmt: off
_DETERMINERS = frozenset((
    "a", "an", "eight", "five", "four", "her", "his", "its", "many", "my", "nine", "our", "seven", "several", "six", "some", "ten",
    "that", "the", "their", "these", "this", "those", "three", "two"
))
# fmt: on
PRONOUNS = frozenset(("he", "she", "it", "they", "we"))
# nouns for those who act for a state, or for its weapons: after a demonym or a possessive the state acts


@dataclass(slots=True)
class Entity:
    """Somebody named in a sentence, by words `first` to `last` (inclusive)."""

    first: int
    last: int
    kind: str  # name, demonym, capital, minister, organisation, actor, group, place
    party: Party


class Reading:
    """The words of a sentence (`words` in lower case, `start`s and `end`s in it) and the entities named, in order."""

    __slots__ = ("_named", "ends", "home", "lead", "lists", "low", "sentence", "starts", "text", "words", "wordset")

    def __init__(self, sentence: Sentence, lists: Lists) -> None:
        """The words alone: who is named is found when it is asked for, so that sentences in which no rule matches cost little."""
        self.sentence = sentence
        self.lists = lists
        self.text = sentence.text
        self.low = low = sentence.lower
        parts = _TOKEN.split(low)  # what stands between the words, and the words: split and accumulate run in C
        bounds = list(accumulate(map(len, parts)))
        self.words, self.ends, self.starts = parts[1::2], bounds[1::2], bounds[:-1:2]
        self.wordset = frozenset(self.words)
        self.home: Party | None = None
        self.lead: Sentence | None = None  # the sentence that accuses, where this one is an item of the list behind it
        self._named: list[Entity] | None = None

    def read(self, home: Party | None) -> Reading:
        """The sentence in an article that speaks most of a country, `home`."""
        self.home = home
        return self

    @property
    def entities(self) -> list[Entity]:
        """Who is named in it, in order."""
        if self._named is None:
            self._named = self._entities()
        return self._named

    # ---- words

    def word(self, i: int) -> str:
        return self.words[i] if 0 <= i < len(self.words) else ""

    def index(self, position: int) -> int:
        """The word at or after a character position."""
        return bisect_right(self.ends, position)

    def span(self, first: int, last: int) -> str:
        """The text of words first..last."""
        return self.text[self.starts[first] : self.ends[last]]

    def is_break(self, i: int) -> bool:
        return self.words[i] in _BREAK

    # ---- entities

    def _entities(self) -> list[Entity]:
        found: list[Entity] = []
        dateline = None
        if self.text[:2].isupper():
            dateline = DATELINE.match(self.text) or (_BARE_DATELINE.match(self.text) if self.sentence.paragraph_no <= 1 else None)
        taken: set[int] = set(range(self.index(dateline.end()))) if dateline and self._is_place(dateline) else set()
        for first, last, actor in (
            self.lists.actors_in(self.text, self.words, self.starts) if not self.lists.actors.keys().isdisjoint(self.wordset) else ()
        ):
            if first in taken:
                continue
            found.append(Entity(first, last, "actor", Party("group", actor.iso3, None, actor.name)))
            taken.update(range(first, last + 1))
        for i, word in enumerate(self.words):  # a group known by a number only
            if word[-1].isdigit() and i not in taken and CODE.fullmatch(word):
                found.append(Entity(i, i, "group", Party("group", None, None, self.span(i, i))))
                taken.add(i)
        mentions = sorted(self.sentence.mentions, key=lambda m: (m.kind == "country", m.start))
        for mention in mentions:
            first, last = self.index(mention.start), self.index(mention.end - 1)
            if mention.kind == "organisation" and self.low[max(0, mention.start - 5) : mention.start].endswith(("pro-", "anti-")):
                continue  # "pro-EU": no party
            if last >= len(self.words) or taken.intersection(range(first, last + 1)):
                continue
            entity = self._entity(mention, first, last)
            found.append(entity)
            taken.update(range(entity.first, entity.last + 1))
        if not self.lists.leaders.keys().isdisjoint(self.wordset):
            for i, word in enumerate(self.words):
                if word in self.lists.leaders and i not in taken and (leader := self._leader(i)) is not None:
                    found.append(Entity(i, i, "minister", leader))
                    taken.add(i)
        for first, last, iso3 in (
            self.lists.places_in(self.text, self.words, self.starts) if not self.lists.places.keys().isdisjoint(self.wordset) else ()
        ):
            if not taken.intersection(range(first, last + 1)) and self.word(last + 1) not in _NAMED_AFTER:
                found.append(Entity(first, last, "place", Party("state", iso3, None, self.span(first, last))))
                taken.update(range(first, last + 1))
        if self.lists.groups.keys().isdisjoint(self.wordset):
            found.sort(key=lambda e: e.first)
            return found
        for i, word in enumerate(self.words):
            if word in self.lists.groups and i not in taken and not self._is_modifier(i):
                found = self._group(i, found)
        found.sort(key=lambda e: e.first)
        return found

    def _is_place(self, dateline: re.Match[str]) -> bool:
        """Whether a line in capitals without a dash is the place of a report: it begins with a country's or a city's name."""
        if dateline.re is DATELINE:
            return True
        return any(m.start == 0 and m.kind == "country" for m in self.sentence.mentions)

    def _leader(self, i: int) -> Party | None:
        """The head of state or government who is named by surname only, or without office: where the article has the full name, or before "administration"."""
        if not self.text[self.starts[i]].isupper():
            return None
        known = self.lists.leaders[self.words[i]]
        if self.word(i + 1) == "administration":
            states = {iso3 for _, iso3 in known}
            return Party("state", states.pop(), None, self.span(i, i + 1)) if len(states) == 1 else None
        article = self.sentence.article
        text = article.memo.get("text") or article.memo.setdefault("text", " ".join(map(article.text_of, range(len(article.sentences)))))
        return next((Party("person", iso3, None, name) for name, iso3 in known if name in text), None)

    def _is_modifier(self, i: int) -> bool:
        """Whether a noun for people stands before another noun: "terrorist attacks", "hacker group"."""
        after = self.word(i + 1)
        return after in self.lists.groups or (not self.words[i].endswith("s") and self.lists.is_noun(after))

    def _entity(self, mention: Mention, first: int, last: int) -> Entity:
        if mention.kind == "minister":
            return Entity(first, last, "minister", Party("person", mention.iso3, mention.person_key, mention.name or mention.surface))
        if mention.kind == "organisation":
            kind = "state" if mention.iso3 else "organisation"
            return Entity(first, last, "organisation", Party(kind, mention.iso3, None, mention.name or mention.surface))
        kind = mention.detail if mention.detail in ("demonym", "capital") else "name"
        return Entity(first, last, kind, Party("state", mention.iso3, None, mention.surface))

    def _group(self, i: int, found: list[Entity]) -> list[Entity]:
        """A group named by a common noun with what stands before it: "Iranian-backed militias", "pro-Russian hackers", "al-Shabab militants"."""
        category = self.lists.groups[self.words[i]]
        if category == "kind" and self.text[self.starts[i]].isupper() and i:  # part of a name: "Contact Group"
            return found
        named = next((e for e in found if e.kind == "actor" and e.first == i + 1), None)
        home = next((e for e in found if e.kind == "demonym" and i - 3 <= e.last < i), None)
        if named is not None and home is not None and named.party.iso3 is None:  # "the Russian gang X"
            named.party = Party("group", home.party.iso3, None, named.party.name)
        if category == "kind":  # "group", "gang": only with what they do before them
            kinds = [self.lists.kinds[w] for w in self.words[max(0, i - 3) : i] if w in self.lists.kinds]
            if not kinds and self.words[i] == "actors" and any(e.last == i - 1 and e.kind == "demonym" for e in found):
                kinds = ["cyber"]
            if not kinds and self._linked_after(i, found) is None:
                return found
            category = kinds[-1] if kinds else "armed"
        elif any(self.lists.kinds.get(w) == "cyber" for w in self.words[max(0, i - 2) : i]):  # "cyber attackers"
            category = "cyber"
        first = i
        iso3: str | None = None
        name: str | None = None
        inside: list[Entity] = []
        while first and first > i - 6:
            before = next((e for e in found if e.last == first - 1), None)
            if before is not None:
                if before.kind not in ("demonym", "actor", "name", "capital", "minister", "place"):
                    break
                inside.append(before)
                first = before.first
                continue
            word = self.words[first - 1]
            if word in "‘’'" and self.starts[first - 1] + 1 == self.starts[first]:
                break
            if word in ("'s", "’s", "'", "’"):
                owner = next((e for e in found if e.last == first - 2), None)
                if owner is None:
                    break
                inside.append(owner)
                first = owner.first
                break
            if (
                not word[0].isalnum()
                or word in PREPOSITIONS
                or word in CLAUSE
                or word in BE
                or word in HAVE
                or word in _DETERMINERS
                or word in SAYING
            ):
                break
            if (
                word in ("and", "or", "were", "claimed", "two", "pro-")
                or word in ADVERBS
                or word in MODALS
                or (
                    word.endswith("ed")
                    and "-" not in word
                    and word != "armed"
                    and word != "masked"
                    and word != "unidentified"
                    and word != "suspected"
                    and word != "hooded"
                    and word != "affiliated"
                    and word != "banned"
                )
            ):
                break
            if word not in self.lists.kinds and any(r.frame in ("custody", "impose", "verb") for r in self.lists.rules.get(word, ())):
                break  # "X Arrests Hackers", in a headline
            if not (self.text[self.starts[first - 1]].isupper() or "-" in word or word in self.lists.kinds or _MODIFIER.fullmatch(word)):
                break
            first -= 1
        for entity in inside:
            if entity.kind == "actor":
                iso3, name = entity.party.iso3, entity.party.name
            elif entity.kind not in ("minister", "place") and (category == "cyber" or self.is_tied(entity)):
                iso3 = iso3 or entity.party.iso3
        named = next((e for e in found if e.kind == "actor" and i < e.first <= i + 4 and self.words[i + 1] in _NAMING), None)
        if named is not None:  # "the hacker group Night Owl": the name stands for it
            named.first = first
            if named.party.iso3 is None:  # "Russian hackers called X"
                named.party = Party("group", iso3, None, named.party.name)
            return [e for e in found if e not in inside]
        if category == "cyber" and self.word(i + 1) in ("from", "in", "of"):
            home = next((e for e in found if e.first in (i + 2, i + 3) and e.kind in ("name", "organisation")), None)
            iso3 = iso3 or (home.party.iso3 if home else None)
        if (link := self._linked_after(i, found)) is not None:
            if link.kind == "actor":  # "militants linked to X": X stands for them
                return [e for e in found if e not in inside]
            iso3 = iso3 or link.party.iso3
        keep = [e for e in found if e not in inside or e.kind == "actor"]
        if name is not None and any(e.kind == "actor" for e in inside):
            return keep
        keep.append(Entity(first, i, "group", Party("group", iso3, None, self.span(first, i))))
        return keep

    def is_tied(self, entity: Entity) -> bool:
        """Whether "-backed", "-linked", "pro-" or the like ties the group to the state before it."""
        after = self.text[self.ends[entity.last] : self.ends[entity.last] + 12].lower()
        before = self.text[max(0, self.starts[entity.first] - 4) : self.starts[entity.first]].lower()
        word = self.words[entity.last]
        return word.startswith("pro-") or before.endswith("pro-") or after.startswith(_TIES) or any(tie in word for tie in _TIES)

    def _linked_after(self, i: int, found: list[Entity]) -> Entity | None:
        """The state or known actor in "hackers linked to Russia's GRU", "groups operating on behalf of the Russian state"."""
        if _LINKING.isdisjoint(self.words[i + 1 : i + 9]):
            return None
        tail = self.low[self.ends[i] : self.ends[i] + 90]
        match = _LINKED_AFTER.match(tail)
        if match is None:
            return None
        at = self.index(self.ends[i] + match.end())
        link = next((e for e in found if at <= e.first <= at + 4 and (e.party.iso3 or e.kind == "actor")), None)
        # "hackers backed by a foreign state have hit Norway"
        return None if link is None or any(w in BE or w in HAVE or w in MODALS for w in self.words[at : link.first]) else link

    def among(self, first: int, last: int) -> list[Entity]:
        """The entities that begin among words first..last."""
        return [e for e in self.entities if first <= e.first <= last]


# "New York Times", "Boston University": what bears a place's name is not the place
# fmt: off
_NAMED_AFTER = frozenset((
    "accord", "accords", "agreement", "chronicle", "conference", "convention", "exchange", "globe", "herald", "institute", "journal",
    "mercury", "news", "post", "process", "times", "tribune", "university"
))
# fmt: on
_MODIFIER = re.compile(
    r".*(?:ed|ive|ous|ful|al|ic|ary|ant|ist|ern)|contract|state|government|suicide|rebel|young|foreign|criminal|ransomware|cyber|rival|opposition|two|three|four|new|local|hacker"
)
_NAMING = frozenset(("“", "‘", "'", '"', "known", "called", "dubbed", ","))
# "WARSAW, May 3 (Reuters) -": where the report was written
DATELINE = re.compile(r"[A-Z][A-Z.’'-]+(?:[\s/][A-Z][A-Z.’'-]+)*(?:,\s(?:[A-Z][\w.]*\s?)+\d{0,2})*\s?(?:\([\w\s./,-]{2,40}\)\s?)?(?:[-–—]+|:)\s")
_BARE_DATELINE = re.compile(r"[A-Z]{4,}(?:[/\s][A-Z]{4,})*\s(?=(?:An?\s|[A-Z][a-z]|U\.S\.))")
# "Ruritania-backed": the state behind a group, and other ties of a group to a state
# fmt: off
BACKING = (
    "-affiliated", "-aligned", "-allied", "-armed", "-backed", "-directed", "-funded", "-hired", "-linked", "-sponsored", "-supported"
)
# fmt: on
_TIES = (*BACKING, "-based", "-bound", "-nexus", "-speaking", " state-")
# fmt: off
_LINKING = frozenset((
    "affiliated", "aligned", "allied", "associated", "backed", "behalf", "connected", "controlled", "directed", "hired", "linked",
    "loyal", "paid", "recruited", "run", "sponsored", "tied", "working"
))
# fmt: on
_LINKED_AFTER = re.compile(
    r"\s?,?\s?(?:[\w’'“”\".-]+\s){0,4}?(?:(?:is\s|are\s|was\s|were\s|believed\sto\sbe\s|thought\sto\sbe\s)?(?:linked|tied|affiliated|associated|connected|aligned|loyal)\s(?:to|with)"
    r"|backed\sby|sponsored\sby|working\s(?:for|with)|(?:acting|operating|working)?\s?on\sbehalf\sof|directed\sby|paid\sby|hired\sby|recruited\sby|run\sby|controlled\sby|allied\s(?:to|with))\s(?:the\s)?"
)


def is_private(reading: Reading, entity: Entity) -> bool:
    """Whether a demonym or possessor belongs to somebody who does not act for the state: "Chinese companies", "Japan's journalists"."""
    i = entity.last + 1
    if reading.word(i) in ("'s", "’s", "'", "’"):
        i += 1
    elif entity.kind != "demonym" and not entity.party.name.rstrip(".").endswith(("U.S", "US", "UK", "U.K", "UAE")):
        return False
    return any(reading.word(j) in reading.lists.words["private"] for j in range(i, i + 3) if reading.word(j).isalpha())


def acts_for_state(reading: Reading, entity: Entity) -> bool:
    """Whether the words after a demonym or possessor are for somebody who acts for the state."""
    i = entity.last + 1
    if reading.word(i) in ("'s", "’s", "'", "’"):
        i += 1
    return any(reading.word(j) in reading.lists.words["state_noun"] for j in range(i, i + 3))
