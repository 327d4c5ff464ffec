"""What cannot be told from a site's pages: its municipality, the status of what it lists, its own labels and headings.

`profiles/<host>.toml`, found by the host of a source's address. A site whose pages tell all of it needs none.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from overkalix_data.base.codelist import Row, codelist, codes
from overkalix_data.base.errors import InputError
from overkalix_data.base.paths import PROFILES

LISTS = ("labels", "heading_words", "heading_forms", "furniture")
"""The codelists that a site may add rows to; a row has the columns of the list."""
NEEDED = {
    "labels": ("words", "field"),
    "heading_words": ("words", "status_code"),
    "heading_forms": ("words",),
    "furniture": ("words",),
}
HEADINGS = range(1, 7)
KEYS = ("publisher_code", "default_status", "title_heading", "layout")


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
    host = (urlsplit(url).hostname or "") if url else ""
    parts = host.split(".")
    names = (".".join(parts[n:]) for n in range(len(parts)))
    file = next((path for name in names if name and (path := folder / f"{name}.toml").is_file()), None)
    return read_profile(file) if file else NO_PROFILE


@cache
def read_profile(file: Path) -> Profile:
    """The profile in a file; its name is the site's. Raises InputError (`profile_toml`, `profile_key`, `profile_value`)."""
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError("profile_toml", file=str(file), reason=str(error)) from error
    rows = {name: _rows(file, name, told.pop(name)) for name in LISTS if name in told}
    for key in told:
        if key not in KEYS:
            raise InputError("profile_key", file=str(file), name=key, keys=", ".join((*KEYS, *LISTS)))
    _one_of(
        file,
        "publisher_code",
        told.get("publisher_code", ""),
        {row["municipality_code"] for row in codelist("municipalities", "municipality_code")} | {""},
    )
    _one_of(file, "default_status", told.get("default_status", ""), {*codes("status"), ""})
    _one_of(file, "layout", told.get("layout", ""), {*codes("layout"), ""})
    _one_of(file, "title_heading", told.get("title_heading", 0), {0, *HEADINGS})
    return Profile(file.stem, rows=rows, **told)


def _rows(file: Path, name: str, rows: object) -> tuple[Row, ...]:
    """The site's rows of a list, with every column that the list has."""
    known = codelist(name)
    columns = known[0].keys()
    full = []
    for row in rows if isinstance(rows, list) else [rows]:
        if (
            not isinstance(row, dict)
            or any(not isinstance(v, str) for v in row.values())
            or not all(row.get(key) for key in NEEDED[name])
        ):
            raise InputError("profile_row", file=str(file), name=name, keys=", ".join(NEEDED[name]))
        for key in row.keys() - columns:
            raise InputError("profile_key", file=str(file), name=f"{name}.{key}", keys=", ".join(columns))
        full.append(dict.fromkeys(columns, "") | row)
        if name == "labels":
            _one_of(file, "labels.field", row["field"], {r["field"] for r in known})
            like = next(r for r in known if r["field"] == row["field"])
            added = {"form": row.get("form") or "label", "stage": row.get("stage") or like["stage"]}
            full[-1] |= added | {"label": row.get("label") or like["words"]} if added["form"] == "column" else added
        if name == "heading_words":
            _one_of(file, "heading_words.status_code", row["status_code"], {*codes("status")})
        if name == "furniture":
            full[-1]["kind"] = row.get("kind") or "furniture"
    return tuple(full)


def _one_of(file: Path, key: str, value: object, known: set[str] | set[int] | set[object]) -> None:
    if value not in known:
        raise InputError(
            "profile_value",
            file=str(file),
            name=key,
            value=value,
            known=", ".join(sorted(str(v) for v in known if v)[:12]),
        )
