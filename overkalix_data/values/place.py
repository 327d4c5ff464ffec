"""Places that a text names: Sweden's municipalities (SCB), and the local list."""

import re
from dataclasses import dataclass
from functools import cache

from overkalix_data.base.lists import Lists, lists_for
from overkalix_data.base.wording import slug

_MUNICIPALITY = re.compile(r"s?\s+kommun")


@dataclass(frozen=True)
class Place:
    """A place of the lists; the SCB municipality code where it is, or lies in, one known municipality."""

    place_id: str
    name: str
    kind_code: str
    municipality_code: str


def find_places(text: str, lists: Lists) -> list[tuple[Place, int, int]]:
    """Every place named, the longest name first where two start together (`Kalix älv` is not Kalix).

    Capitals count. A name that is also an ordinary word (`Mark`, `Vara`) counts only before `kommun`.
    """
    named = ((_places(lists)[re.sub(r"\s+", " ", m["name"])], m) for m in _names(lists).finditer(text))
    return [
        (place, *m.span("name")) for (place, alone), m in named if alone or _MUNICIPALITY.match(text, m.end("name"))
    ]


def without_countries(names: str, lists: Lists) -> str:
    """Names without the country that stands behind each: `Haparanda stad, Sverige; SINTEF, Norge`."""
    return _countries(lists).sub("", names)


@cache
def _countries(lists: Lists) -> re.Pattern[str]:
    words = "|".join(re.escape(row["name"]) for row in lists.places if row["kind_code"] == "country")
    return re.compile(rf",\s+(?:{words})(?=\s*(?:[;,]|$))")


def municipality(code: str) -> str:
    """The full name of the municipality with that SCB code ("Överkalix kommun"), or an empty string."""
    return _full_names().get(code, "")


def municipality_code(full_name: str) -> str:
    """The SCB code of the municipality of that full name, or an empty string."""
    return next((code for code, name in _full_names().items() if name == full_name), "")


@cache
def _full_names() -> dict[str, str]:
    return {row["municipality_code"]: row["full_name"] for row in lists_for().municipalities}


@cache
def _places(lists: Lists) -> dict[str, tuple[Place, bool]]:
    """Name → the place, and whether the name alone tells it."""
    places: dict[str, tuple[Place, bool]] = {}
    for row in (*lists.municipalities, *lists.places):
        name, kind = row["name"], row.get("kind_code", "municipality")
        places[name] = (Place(slug(name), name, kind, row["municipality_code"]), not row.get("only_with_kommun"))
    return places


@cache
def _names(lists: Lists) -> re.Pattern[str]:
    names = sorted(_places(lists), key=lambda n: (-len(n), n))
    words = "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in names)
    return re.compile(rf"(?<![\w@.])(?P<name>{words})s?(?!\w|\.\w)")
