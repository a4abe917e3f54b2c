"""The incidents of an article: events that tell the same one are put together, however many sentences tell it."""

from __future__ import annotations

from transforms.context import Article
from transforms.incidents.events import events_in, readings_of
from transforms.incidents.focus import focus_of, places_of
from transforms.incidents.incident import Incident
from transforms.incidents.lists import Lists
from transforms.incidents.matching import fit
from transforms.incidents.placing import place
from transforms.incidents.suspects import as_elsewhere, name_doers


def incidents(article: Article, candidates: list[int], lists: Lists, family: str) -> list[Incident]:
    """The incidents of an article, told in the sentences `candidates`, in the order in which it first tells them. What no sentence anchors (who, whom,
    where or when) is no incident."""
    readings = readings_of(article, candidates, lists, family)
    if not readings:
        return []
    found: list[Incident] = []
    focus = focus_of(article)
    told = events_in(article, readings, lists, focus[0] if focus else None)
    for event in sorted(told, key=lambda e: not e.is_anchored):
        fits = [(score, i.number) for i in found if i.incident_type == event.incident_type and (score := fit(i, event)) is not None]
        home = found[max(fits)[1]] if fits else None
        if home is not None:
            home.told.append(event)
        elif event.is_anchored:
            found.append(Incident(len(found), event.incident_type, [event]))
    if any(s.field == "body" for s in article.sentences):  # a teaser is its title; the title of a story only supports what its body tells
        found = [i for i in found if any(e.sentence.field == "body" for e in i.told)]
    for incident in found:
        incident.chosen = incident.best
        incident.told.sort(key=lambda e: (e.sentence.index, e.at))
    found.sort(key=lambda i: (i.told[0].sentence.index, i.told[0].at))
    name_doers(found, article, readings, lists, focus[0] if focus else None)
    places = places_of(article, lists, focus) if found else focus
    for incident in found:
        place(incident, places, lists, [e for i in found for e in i.told])
    as_elsewhere(found)
    return [i for i in found if i.perpetrators or i.targets]
