"""A contact field or a contact card → persons with their numbers; two persons in one field are two (rule 6)."""

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import DASHES, REMEMBERED, squeeze
from overkalix_data.values.phone_email import HOME, ContactPoint, find_contact_points

_CAPITALISED = rf"[A-ZÅÄÖÉ][{DASHES}\w'’]+"
_SMALL = "(?:(?:van|von|de) (?:der|den|la|las|los)|[a-zåäö]{2,3})"
NAME = re.compile(rf"{_CAPITALISED}(?: [A-ZÅÄÖ]\.)?(?: (?:{_SMALL} )?{_CAPITALISED}){{1,3}}")
"""A person's name: two to four capitalised words, small words such as `von` between."""

_JOINT = re.compile(
    r"[,;/|]|(?<=\s)(?:och|samt|&|på (?:telefon|tel|tfn|mobil|nummer|mejl|e-post)|via (?:telefon|mejl|e-post)"
    r"|(?:tel|tfn|telefon|mobil|mejl|e-post|epost)\.?:?)(?=\s)|[()]|(?<=\w):"
)
_LINE_JOINT = re.compile(rf"[\r\n]|{_JOINT.pattern}")
"""A line break parts two values only where the field has no commas; else it is wrapping."""
_LEAD = re.compile(r"(?P<role>(?:[Tt]\.?\s?f\.?|[a-zåäö]{4,25})(?: (?:[a-zåäö]{2,25}|VD|IT-chef))?)\s+(?=[A-ZÅÄÖ])")
"""What stands before a name in lower case (`komminister`, `t.f. chef`) is the person's title."""
_TURNED = re.compile(rf"(?P<last>{_CAPITALISED}(?: {_CAPITALISED})?), (?P<first>{_CAPITALISED})")
"""A name with the surname first."""
Token = tuple[int, int, str]
"""Where a piece of a contact field stands, and the joint before it."""
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
    for start, end, joint in _whole_names(text, _tokens(text, list(points.values())), lists):
        if start in points:
            _last(people).points.append(points[start])
            continue
        if ask := asked(lists).match(text, start, end):
            start = ask.start("who")
        if length := _role_length(text[start:end], lists):
            is_free = people and not people[-1].name and not people[-1].points
            holder = people[-1] if is_free else _new(people)
            holder.role_title = _spot(text, start, start + length)
            start += length + 1
        spot = _spot(text, start, end)
        kind = _kind(spot[0], lists)
        if kind == "ignored":
            continue
        opens = not people or _opens_person(people[-1], spot[0], joint, lists)
        is_name = not kind and NAME.fullmatch(spot[0]) is not None and (opens or not people[-1].name)
        person = _new(people) if is_name and opens else _last(people)
        column = kind or ("name" if is_name else "organisation")
        setattr(person, column, getattr(person, column) or spot)
    return people


@cache
def asked(lists: Lists) -> re.Pattern[str]:
    """Whom words ask the reader to turn to: `Kontakta gärna projektledare Eva Exempel`."""
    role = r"(?:(?i:projektledaren?|kontaktperson(?:en)?)\s|[a-zåäö]{4,30}\s)?"
    words = lists.person_words.by("kind")["ask"].any_of
    return re.compile(rf"(?i:{words})\s(?i:gärna\s)?(?P<who>{role}(?P<name>{NAME.pattern}))")


def read_card(lines: list[tuple[str, int]], lists: Lists, country: str = HOME) -> Person:
    """The person of a contact card, from its lines (text, offset): name, role or unit, numbers."""
    person = Person()
    for text, offset in lines:
        spot = (squeeze(text), offset, offset + len(text))
        if points := find_contact_points(text, country):
            person.points += [ContactPoint(p.kind, p.value, p.start + offset, p.end + offset) for p in points]
        elif person.name is None:
            person.name = spot
        elif _kind(spot[0], lists) == "role_title":
            person.role_title = spot
        else:
            person.organisation = spot
    return person


def _spot(text: str, start: int, end: int) -> Spot:
    words = squeeze(text[start:end])
    turned = _TURNED.fullmatch(words)
    return f"{turned['first']} {turned['last']}" if turned else words, start, end


def _whole_names(text: str, tokens: list[Token], lists: Lists) -> list[Token]:
    """The pieces, those of a name whose surname stands first (`Lidén, Johanna`) as one."""
    whole: list[Token] = []
    for start, end, joint in tokens:
        before = whole[-1] if whole else None
        if before and joint == "," and _is_turned(text[before[0] : end], lists):
            whole[-1] = (before[0], end, before[2])
        else:
            whole.append((start, end, joint))
    return whole


def _is_turned(words: str, lists: Lists) -> bool:
    turned = _TURNED.fullmatch(squeeze(words))
    return turned is not None and is_given_name(turned["first"], lists) and not is_given_name(turned["last"], lists)


def _role_length(text: str, lists: Lists) -> int:
    """How many characters of `Projektledare Rolf Isberg` are the role before the name; 0 where there is none."""
    lead = _LEAD.match(text)
    if lead and NAME.fullmatch(squeeze(text[lead.end() :])):
        return lead.end("role")
    role, _, name = text.partition(" ")
    return len(role) if _kind(role, lists) == "role_title" and NAME.fullmatch(squeeze(name)) else 0


def _opens_person(last: Person, name: str, joint: str, lists: Lists) -> bool:
    """Whether a name behind this person is another's."""
    is_complete = bool(last.points) or joint in ("och", "samt", "&")
    return is_complete or (last.name is not None and is_given_name(name, lists))


def is_given_name(name: str, lists: Lists) -> bool:
    """Whether a name begins with a first name in use: it is a person's, and no organisation's."""
    return name.split()[0].casefold() in _given_names(lists)


@cache
def _given_names(lists: Lists) -> frozenset[str]:
    return frozenset(row["name"].casefold() for row in lists.first_names)


def _new(people: list[Person]) -> Person:
    people.append(Person())
    return people[-1]


def _last(people: list[Person]) -> Person:
    return people[-1] if people else _new(people)


@lru_cache(maxsize=REMEMBERED)
def contact_word(text: str, lists: Lists) -> str:
    """What words of a contact field are (`contact_words.csv`): `role_title`, `organisation`, `ignored`; else empty."""
    hit = lists.contact_words.fullmatch(text)
    return hit.row["kind"] if hit else ""


def _kind(text: str, lists: Lists) -> str:
    words = text.rstrip(".:")
    return "ignored" if lists.person_words.by("kind")["ask"].fullmatch(words) else contact_word(words, lists)


def _tokens(text: str, points: list[ContactPoint]) -> list[Token]:
    """Every piece between joints, the contact points as pieces of their own."""
    tokens: list[Token] = []
    joint, at = "", 0
    joints = _JOINT if re.search("[,;]", text) else _LINE_JOINT
    stops = [*((p.start, p.end) for p in points), (len(text), len(text))]
    for start, end in stops:
        for m in [*joints.finditer(text, at, start), None]:
            piece = text[at : m.start() if m else start]
            if token := piece.strip(" \u00a0\t.\r\n"):
                begin = at + piece.index(token)
                tokens.append((begin, begin + len(token), joint))
                joint = ""
            if m:
                joint, at = m[0], m.end()
        if end > start:
            tokens.append((start, end, joint))
            joint = ""
        at = end
    return tokens
