"""Persons on a page → contacts, their numbers and their projects (contract §4, rules 5 and 6)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from overkalix_data.base.wording import squeeze
from overkalix_data.documents.source import Source
from overkalix_data.identity.ids import contact_id, same_people, usual
from overkalix_data.reading.page import Page
from overkalix_data.reading.project_fields import ProjectText
from overkalix_data.schema.records import Records
from overkalix_data.values.person import Person, read_card, split_people

ROLES = {"contact": "contact_person", "leader": "project_leader"}
"""Field of the page → what it makes a person of the project."""


@dataclass(frozen=True)
class SeenPerson:
    """A person in a field of a project, or on a card of the page."""

    person: Person
    source: Source
    offset: int
    project: int | None = None
    """Which of the page's projects, by its place; None on a card of the page."""
    role_code: str = ""
    as_published: str = ""


def seen_people(pages: Sequence[Page], texts: Sequence[ProjectText]) -> list[SeenPerson]:
    """Every person in the projects' contact fields, and on the cards that belong to the page itself."""
    seen = [
        SeenPerson(person, text.source, offset, place, role, squeeze(t[slice(*person.span)]))
        for place, text in enumerate(texts)
        for name, role in ROLES.items()
        for t, offset in text.runs(name)
        for person in split_people(t, text.lists, text.source.country)
    ]
    for page in pages:
        for card in page.cards:
            lines = [(line.text, line.start) for line in card.lines]
            seen.append(SeenPerson(read_card(lines, page.source.lists, page.source.country), page.source, 0))
    return seen


def put_contacts(records: Records, seen: Sequence[SeenPerson], ids: Sequence[str]) -> None:
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
            if s.project is not None:
                project_id = ids[s.project]
                positions[project_id] += 1
                row = records.put(
                    "project_contacts", project_id=project_id, contact_id=key, role_code=s.role_code,
                    as_published=s.as_published, position=positions[project_id],
                )  # fmt: skip
                span = (s.offset + s.person.span[0], s.offset + s.person.span[1])
                records.cite(s.source, span, "value", "person", "project_contacts", row, "contact_id")


def _cite_person(records: Records, key: str, names: list[str], seen: SeenPerson) -> None:
    use, rule = ("boilerplate", "card") if seen.project is None else ("value", "person")
    person = seen.person
    spots = {"role_title": person.role_title, "organisation": person.organisation}
    if person.name:
        spots["name" if person.name[0] == names[0] else "other_names"] = person.name
    for column, spot in spots.items():
        if spot:
            span = (seen.offset + spot[1], seen.offset + spot[2])
            records.cite(seen.source, span, use, rule, "contacts", key, column)
    for point in person.points:
        span = (seen.offset + point.start, seen.offset + point.end)
        words = squeeze(seen.source.text[slice(*span)])
        row = records.put(
            "contact_points", contact_id=key, kind_code=point.kind, value=point.value or words, as_published=words
        )
        records.cite(seen.source, span, use, "contact_point", "contact_points", row, "value")
