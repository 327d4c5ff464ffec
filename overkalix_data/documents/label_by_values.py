"""A label that no list knows → the field it tells, by what its values are, and by the stems in its words."""

import re
from collections.abc import Callable, Mapping, Sequence

from overkalix_data.base.lists import Lists
from overkalix_data.values.amount import parse_amount
from overkalix_data.values.funder import is_organisation
from overkalix_data.values.funders_field import split_funders
from overkalix_data.values.period import parse_period
from overkalix_data.values.person import NAME
from overkalix_data.values.phone_email import find_contact_points
from overkalix_data.values.status import status_named

SURE = 0.6
"""The share of a label's values that must be of one kind for it to be a label of that kind."""
ASKED = 60
"""Values of a label that are asked what they are: the first, so that time does not grow with a register."""
LONGEST_NAME = 60
"""Characters of what may be a name that no list knows."""
LONGEST_VALUE = 200
"""Characters of what is a value of one field: a longer text only has it in it."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_PART = re.compile(r"[,;\n(]|\s(?:och|samt)\s")


def _is_paid(value: str, lists: Lists) -> bool:
    return any(m.funder.funder_type_code and m.sek is not None for m in split_funders(value, lists))


_KINDS: Mapping[str, Callable[[str, Lists], object]] = {
    "status": status_named,
    "range": lambda value, _: (period := parse_period(value)) and period.start and period.start < (period.end or ""),
    "period": lambda value, lists: parse_period(value) and (_YEAR.fullmatch(value) or not parse_amount(value, lists)),
    "day": lambda value, lists: parse_period(f"Slut: {value}") and not parse_amount(value, lists),
    "contact": lambda value, _: find_contact_points(value),
    "amount": parse_amount,
    "paid": _is_paid,
    "bodies": lambda value, lists: any(is_organisation(part, lists) for part in _PART.split(value)),
    "person": lambda value, _: NAME.fullmatch(_PART.split(value)[0].strip()),
    "names": lambda value, _: len(value) <= LONGEST_NAME and value[:1].isupper() and not value.endswith("."),
    "text": lambda value, _: any(c.isalpha() for c in value),
}
"""What a value can be → whether it is; the first that most values are counts."""
_OF_ITSELF = {"status": "status", "range": "period", "period": "period", "contact": "contact", "paid": "funder"}
"""Kinds of values that one field alone has, whatever its label is called."""


def field_of(label: str, values: Sequence[str], lists: Lists, *, is_sure: bool = True) -> str:
    """The field of a label that the lists do not know; empty where neither its values nor its words tell.

    A stem (`label_stems.csv`) tells only of values that its field can have: `Hela potten` of amounts is the total.
    `is_sure`: that it is a label of projects at all; else both must tell, and whom to ask may be of the page.
    """
    said = [value for value in values if any(c.isalnum() for c in value)][:ASKED]
    kind = _kind_of(said, lists)
    # `Kontakt hos mottagaren`: what stands first is what it is, the rest whose.
    stems = sorted(lists.label_stems.each(label), key=lambda hit: hit.match.start())
    fitting = (row["field"] for row, _ in stems if kind in row["values"].split())
    by_stem = (name for name in fitting if name != "granted" or not is_no_grant(label, lists))
    if is_sure:
        alone = all(len(value) <= LONGEST_VALUE for value in said)
        return next(by_stem, _OF_ITSELF.get(kind, "") if alone else "")
    return next((name for name in by_stem if name != "contact"), "")


def fits(name: str, values: Sequence[str], lists: Lists) -> bool:
    """Whether values are of a kind that the field can have."""
    return _kind_of(values[:ASKED], lists) in {
        kind for row in lists.label_stems.by("field")[name].rows for kind in row["values"].split()
    }


def _kind_of(values: Sequence[str], lists: Lists) -> str:
    """What most of the values are; empty where they are of no one kind."""
    return next((k for k, is_one in _KINDS.items() if values and _share(is_one, values, lists) >= SURE), "")


def is_no_grant(words: str, lists: Lists) -> bool:
    """Whether words by an amount say that it is applied for, refused or something else."""
    by_kind = lists.excluding_words.by("kind")
    return any(by_kind[kind].search(words) for kind in ("applied", "grant"))


def _share(is_one: Callable[[str, Lists], object], values: Sequence[str], lists: Lists) -> float:
    return sum(bool(is_one(value, lists)) for value in values) / len(values)
