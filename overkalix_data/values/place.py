"""Places that a text names: Sweden's municipalities (SCB), and the local list."""

import re
from dataclasses import dataclass
from functools import cache

from overkalix_data.base.codelist import codelist
from overkalix_data.base.wording import slug


@dataclass(frozen=True)
class Place:
    """A place of the lists; the SCB municipality code where it is, or lies in, one known municipality."""

    place_id: str
    name: str
    kind_code: str
    municipality_code: str


def find_places(text: str) -> list[tuple[Place, int, int]]:
    """Every place named, the longest name first where two start together (`Kalix älv` is not Kalix).

    Capitals count. A name that is also an ordinary word (`Mark`, `Vara`) counts only before `kommun`.
    """
    found = []
    for m in _names().finditer(text):
        place, alone = _places()[re.sub(r"\s+", " ", m["name"])]
        if alone or re.match(r"s?\s+kommun", text[m.end("name") :]):
            found.append((place, m.start("name"), m.end("name")))
    return found


def municipality(code: str) -> str:
    """The full name of the municipality with that SCB code ("Överkalix kommun"), or an empty string."""
    return next((r["full_name"] for r in codelist("municipalities") if r["municipality_code"] == code), "")


def municipality_code(full_name: str) -> str:
    """The SCB code of the municipality of that full name, or an empty string."""
    return next((r["municipality_code"] for r in codelist("municipalities") if r["full_name"] == full_name), "")


@cache
def _places() -> dict[str, tuple[Place, bool]]:
    places = {
        r["name"]: (
            Place(slug(r["name"]), r["name"], "municipality", r["municipality_code"]),
            not r["only_with_kommun"],
        )
        for r in codelist("municipalities", "municipality_code", "name", "full_name", "only_with_kommun")
    }
    for r in codelist("places", "name", "kind_code", "municipality_code"):
        places[r["name"]] = (Place(slug(r["name"]), r["name"], r["kind_code"], r["municipality_code"]), True)
    return places


@cache
def _names() -> re.Pattern[str]:
    names = sorted(_places(), key=lambda n: (-len(n), n))
    words = "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in names)
    return re.compile(rf"(?<![\w@.])(?P<name>{words})s?(?!\w|\.\w)")
