"""A contact field or a contact card → persons with their numbers; two persons in one field are two (rule 6)."""

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import DASHES, REMEMBERED, squeeze
from overkalix_data.values.contact_point import HOME, ContactPoint, find_contact_points

_CAPITALISED = rf"[A-ZÅÄÖÉ][{DASHES}\w'’]+"
NAME = re.compile(rf"{_CAPITALISED}(?: (?:[a-zåäö]{{2,3}} )?{_CAPITALISED}){{1,3}}")
"""A person's name: two to four capitalised words, small words such as `von` between."""

_JOINT = re.compile(
    r"[,;/|]|(?<=\s)(?:och|samt|&|på (?:telefon|tel|tfn|mobil|nummer|mejl|e-post)|via (?:telefon|mejl|e-post)|(?:tel|tfn|telefon|mobil|mejl|e-post|epost)\.?:?)(?=\s)|[()]|(?<=\w):"
)
_LINE_JOINT = re.compile(rf"[\r\n]|{_JOINT.pattern}")
"""A line break parts two values only where the field has no commas; else it is wrapping."""
Spot = tuple[str, int, int]
"""Words as published, and where they stand."""


@dataclass
class Person:
    """One person or office as one field gives it; offsets count characters of the field's text."""

    name: Spot | None = None
    role_title: Spot | None = None
    organisation: Spot | None = None
    points: list[ContactPoint] = field(default_factory=list)

    @property
    def span(self) -> tuple[int, int]:
        """From the first to the last character that tells of this person."""
        spots = [s[1:] for s in (self.name, self.role_title, self.organisation) if s]
        spans = [*spots, *((p.start, p.end) for p in self.points)]
        return min(a for a, _ in spans), max(b for _, b in spans)


def split_people(text: str, lists: Lists, country: str = HOME) -> list[Person]:
    """The persons of a contact field in its order.

    A name opens a person where the one before has a number already, or stands before `och`; right after a name,
    capitalised words are an organisation.
    """
    people: list[Person] = []
    points = {p.start: p for p in find_contact_points(text, country)}
    for start, end, joint in _tokens(text, list(points.values())):
        if start not in points and (led := _led(text[start:end], lists)):
            (people[-1] if people and not people[-1].name and not people[-1].points else _new(people)).role_title = (
                squeeze(text[start : start + led]),
                start,
                start + led,
            )
            start += led + 1
        words = squeeze(text[start:end])
        current = people[-1] if people else None
        if point := points.get(start):
            (current or _new(people)).points.append(point)
        elif (kind := _kind(words, lists)) != "ignored":
            spot = (words, start, end)
            opens = (
                current is None
                or bool(current.points)
                or joint in ("och", "samt", "&")
                or (bool(current.name) and _is_given_name(words, lists))
            )
            if kind in ("role_title", "organisation"):
                holder = current or _new(people)
                setattr(holder, kind, getattr(holder, kind) or spot)
            elif NAME.fullmatch(words) and (opens or (current is not None and not current.name)):
                (_new(people) if opens else current or _new(people)).name = spot
            else:
                holder = current or _new(people)
                holder.organisation = holder.organisation or spot
    return people


def read_card(lines: list[tuple[str, int]], lists: Lists, country: str = HOME) -> Person:
    """The person of a contact card, from its lines (text, offset): name, role or unit, numbers."""
    person = Person()
    for text, offset in lines:
        words = squeeze(text)
        points = find_contact_points(text, country)
        if points:
            moved = (ContactPoint(p.kind, p.value, p.start + offset, p.end + offset) for p in points)
            person.points.extend(moved)
        elif person.name is None:
            person.name = (words, offset, offset + len(text))
        elif _kind(words, lists) == "role_title":
            person.role_title = (words, offset, offset + len(text))
        else:
            person.organisation = (words, offset, offset + len(text))
    return person


def _led(words: str, lists: Lists) -> int:
    """How many characters of `Projektledare Rolf Isberg` are the role before the name; 0 where there is none."""
    role, _, name = words.partition(" ")
    return len(role) if _kind(role, lists) == "role_title" and NAME.fullmatch(squeeze(name)) else 0


def _is_given_name(words: str, lists: Lists) -> bool:
    """Whether words begin with a first name in use: after another person's name, such words are a person and no organisation."""
    return words.split()[0].casefold() in _given_names(lists)


@cache
def _given_names(lists: Lists) -> frozenset[str]:
    return frozenset(row["name"].casefold() for row in lists.first_names)


def _new(people: list[Person]) -> Person:
    people.append(Person())
    return people[-1]


@lru_cache(maxsize=REMEMBERED)
def contact_word(words: str, lists: Lists) -> str:
    """What words in a contact's field are (`contact_words.csv`): `role_title`, `organisation`, `ignored`; else empty."""
    hit = lists.contact_words.fullmatch(words)
    return hit.row["kind"] if hit else ""


def _kind(words: str, lists: Lists) -> str:
    return contact_word(words.rstrip(".:"), lists)


def _tokens(text: str, points: list[ContactPoint]) -> list[tuple[int, int, str]]:
    """(start, end, joint before) of every piece between joints, the contact points as pieces of their own."""
    tokens: list[tuple[int, int, str]] = []
    joint, at = "", 0
    joints = _JOINT if re.search("[,;]", text) else _LINE_JOINT
    stops = [*((p.start, p.end) for p in points), (len(text), len(text))]
    for start, end in stops:
        for m in [*joints.finditer(text, at, start), None]:
            piece_end = m.start() if m else start
            piece = text[at:piece_end]
            if words := piece.strip(" \u00a0\t.\r\n"):
                begin = at + piece.index(words)
                tokens.append((begin, begin + len(words), joint))
                joint = ""
            if m:
                joint, at = m[0], m.end()
        if end > start:
            tokens.append((start, end, joint))
            joint = ""
        at = end
    return tokens
