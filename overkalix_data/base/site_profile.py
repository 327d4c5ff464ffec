"""What cannot be told from a site's pages: its municipality, the status of what it lists, its own labels and headings.

`profiles/<host>.toml`, found by the host of a source's address. A site whose pages tell all of it needs none.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from overkalix_data.base.codelist import Row, codelist, codes
from overkalix_data.base.errors import InputError
from overkalix_data.base.files import file_bytes, is_there
from overkalix_data.base.page_names import host_of
from overkalix_data.base.paths import PROFILES

NEEDED = {
    "labels": ("words", "field"),
    "heading_words": ("words", "status_code"),
    "heading_forms": ("words",),
    "furniture": ("words",),
}
"""The codelists that a site may add rows to, and what a row must say; it may say all that the list's rows do."""
HEADINGS = range(1, 7)


@dataclass(frozen=True)
class Profile:
    """What a site's profile says; the empty one says nothing."""

    site: str = ""
    publisher_code: str = ""
    """SCB's code of the municipality that publishes the site."""
    default_status: str = ""
    """The status of a project where neither it nor its heading says one."""
    title_heading: int = 0
    """The level of the headings that are projects' titles, from 1; 0: told by what stands under them."""
    layout: str = ""
    """How its lists are laid out (list `layout`); empty: the page decides."""
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict, hash=False)
    """Rows that the site adds to the codelists, by the list's name."""


NO_PROFILE = Profile()


def profile_of(url: str, folder: Path = PROFILES) -> Profile:
    """The profile of the address's host, or of the nearest domain above it; the empty one where there is none.

    Raises InputError where the file is no TOML, has a key that no profile has, or a value that no list has.
    """
    host = host_of(url)
    parts = host.split(".")
    names = (".".join(parts[n:]) for n in range(len(parts)))
    file = next((path for name in names if name and is_there(path := folder / f"{name}.toml")), None)
    return read_profile(file) if file else NO_PROFILE


@cache
def read_profile(file: Path) -> Profile:
    """The profile in a file; its name is the site's. Raises InputError (`profile_toml`, `_key`, `_value`, `_row`)."""
    import tomllib  # most sites have none

    try:
        entries = tomllib.loads(file_bytes(file).decode())
    except (ValueError, RecursionError) as error:
        raise InputError("profile_toml", file=str(file), reason=str(error)) from error
    rows = {name: _rows(file, name, entries.pop(name)) for name in NEEDED if name in entries}
    allowed: dict[str, set[object]] = {
        "publisher_code": {row["municipality_code"] for row in codelist("municipalities", "municipality_code")},
        "default_status": {*codes("status")},
        "title_heading": {0, *HEADINGS},
        "layout": {*codes("layout")},
    }
    for key, value in entries.items():
        if key not in allowed:
            raise InputError("profile_key", file=str(file), name=key, keys=", ".join((*allowed, *NEEDED)))
        _one_of(file, key, value, allowed[key] | {""})
    return Profile(file.stem, rows=rows, **entries)


def _rows(file: Path, name: str, entries: Any) -> tuple[Row, ...]:
    """The site's rows of a list, with every column that the list has."""
    listed = codelist(name)
    rows = []
    for entry in entries if isinstance(entries, list) else [entries]:
        is_row = isinstance(entry, dict) and all(isinstance(value, str) for value in entry.values())
        if not is_row or not all(entry.get(column) for column in NEEDED[name]):
            raise InputError("profile_row", file=str(file), name=name, keys=", ".join(NEEDED[name]))
        for column in entry.keys() - listed[0].keys():
            raise InputError("profile_key", file=str(file), name=f"{name}.{column}", keys=", ".join(listed[0]))
        if name == "labels":
            _one_of(file, "labels.field", entry["field"], {row["field"] for row in listed})
        if name == "heading_words":
            _one_of(file, "heading_words.status_code", entry["status_code"], {*codes("status")})
        rows.append(dict.fromkeys(listed[0], "") | _usual(name, entry) | {k: v for k, v in entry.items() if v})
    return tuple(rows)


def _usual(name: str, entry: Row) -> Row:
    """What a row is where the profile does not say: a label stands in the order that its field has."""
    if name == "furniture":
        return {"kind": "furniture"}
    if name != "labels":
        return {}
    like = next(row for row in codelist(name) if row["field"] == entry["field"])
    return {"form": "label", "stage": like["stage"], "label": like["words"] if entry.get("form") == "column" else ""}


def _one_of(file: Path, key: str, value: object, allowed: Set[object]) -> None:
    if type(value) not in (str, int) or value not in allowed:
        listed = ", ".join(sorted(str(v) for v in allowed if v)[:12])
        raise InputError("profile_value", file=str(file), name=key, value=value, known=listed)
