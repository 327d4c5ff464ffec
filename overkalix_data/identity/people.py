"""Persons on a page → contacts, their numbers and their projects (contract §4, rules 5 and 6)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from overkalix_data.base.wording import squeeze
from overkalix_data.documents.source import Source
from overkalix_data.documents.whole_text import WholeText
from overkalix_data.identity.ids import contact_id, same_people, usual
from overkalix_data.reading.page import Page
from overkalix_data.reading.project_fields import ProjectText
from overkalix_data.schema.records import Records
from overkalix_data.values.person import Person, read_card, split_people

Span = tuple[int, int]
ROLES = {"contact": "contact_person", "leader": "project_leader"}
"""Field of the page → what it makes a person of the project."""


@dataclass(frozen=True)
class SeenPerson:
    """A person in a field of a project, or on a card of the page."""

    person: Person
    source: WholeText
    places: Mapping[Span, Sequence[Span]]
    """Characters of the person's field → where they stand in the source."""
    words: Mapping[Span, str]
    """Those of a number or address → as they stand there."""
    project: str = ""
    """Which of the page's projects; none on a card of the page."""
    role_code: str = ""
    as_published: str = ""


def people_of(texts: Mapping[str, ProjectText]) -> list[SeenPerson]:
    """Every person in the projects' contact fields."""
    return [
        _seen(person, text.source, offset, key, role, squeeze(t[slice(*person.span)]))
        for key, text in texts.items()
        for name, role in ROLES.items()
        for t, offset in text.runs(name)
        for person in split_people(t, text.lists, text.source.country)
    ]


def people_on_cards(page: Page) -> list[SeenPerson]:
    """Every person on the cards that belong to the page itself."""
    source = page.source
    cards = ([(line.text, line.start) for line in card.lines] for card in page.cards)
    return [_seen(read_card(lines, source.lists, source.country), source, 0) for lines in cards]


def _seen(person: Person, source: Source, offset: int, *link: str) -> SeenPerson:
    spots = [spot[1:] for spot in (person.name, person.role_title, person.organisation) if spot]
    words = {(p.start, p.end): squeeze(source.text[offset + p.start : offset + p.end]) for p in person.points}
    spans = [*spots, *words, *([person.span] if link else [])]
    places = {(a, b): source.places(offset + a, offset + b) for a, b in spans}
    return SeenPerson(person, source.whole_text, places, words, *link)


def put_contacts(records: Records, seen: Sequence[SeenPerson]) -> None:
    """Rows for each person once, whatever the forms of the name; a card's person gets no project."""
    positions: Counter[str] = Counter()
    for group in same_people([s.person for s in seen]):
        one = [seen[n] for n in group]
        key = contact_id([s.person for s in one])
        names = usual(s.person.name[0] for s in one if s.person.name)
        roles = usual(s.person.role_title[0] for s in one if s.person.role_title)
        bodies = usual(s.person.organisation[0] for s in one if s.person.organisation)
        records.put(
            "contacts", contact_id=key, name=names[0] if names else "", other_names="; ".join(names[1:]),
            role_title=roles[0] if roles else "", organisation=bodies[0] if bodies else "",
        )  # fmt: skip
        for s in one:
            _cite_person(records, key, names, s)
            if project_id := s.project:
                positions[project_id] += 1
                row = records.put(
                    "project_contacts", project_id=project_id, contact_id=key, role_code=s.role_code,
                    as_published=s.as_published, position=positions[project_id],
                )  # fmt: skip
                _cite(records, s, s.person.span, "value", "person", "project_contacts", row, "contact_id")


def _cite_person(records: Records, key: str, names: list[str], seen: SeenPerson) -> None:
    use, rule = ("value", "person") if seen.project else ("boilerplate", "card")
    person = seen.person
    spots = {"role_title": person.role_title, "organisation": person.organisation}
    if person.name:
        spots["name" if person.name[0] == names[0] else "other_names"] = person.name
    for column, spot in spots.items():
        if spot:
            _cite(records, seen, spot[1:], use, rule, "contacts", key, column)
    for point in person.points:
        span = (point.start, point.end)
        row = records.put(
            "contact_points", contact_id=key, kind_code=point.kind, value=point.value or seen.words[span],
            as_published=seen.words[span],
        )  # fmt: skip
        _cite(records, seen, span, use, "contact_point", "contact_points", row, "value")


def _cite(records: Records, seen: SeenPerson, span: Span, *cell: str) -> None:
    for place in seen.places[span]:
        records.evidence.put(seen.source, place, *cell)
