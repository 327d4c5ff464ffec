"""A tree of folders → the municipalities in it, each with its fetches, oldest first."""

import os
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from overkalix_data.base.codelist import codelist
from overkalix_data.base.errors import InputError
from overkalix_data.base.paths import SOURCES_FILE
from overkalix_data.base.wording import key_of
from overkalix_data.documents.source import MEDIA_TYPES
from overkalix_data.values.place import municipality

_DAY = re.compile(r"(?:retrieved_on=)?(\d{4}-\d\d(?:-\d\d)?)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CODE = re.compile(r"(?:publisher_code=)?(\d{4})(?!\d|-\d\d)(?:[ _-].*)?")


@dataclass(frozen=True)
class Fetch:
    """All that was fetched of a municipality on a day."""

    day: str
    """As far as the path tells it (`2026-11-23`, `2026-11`, `2026`); empty where it tells none."""
    folders: tuple[tuple[str, str], ...]
    """What the path tells besides municipality and day (`bygg`), and the folder."""


@dataclass(frozen=True)
class Publisher:
    """One municipality of the tree."""

    name: str
    """What its projects' ids begin with: the SCB code, or the folder's name."""
    code: str
    """The SCB code that a folder's name begins with; empty where none does."""
    fetches: tuple[Fetch, ...]


def publishers(raw: Path) -> list[Publisher]:
    """The municipalities of a tree, by name: `0114/2026-01-31/page.html`, the other way round, or `0114/page.html`.

    `2026` alone is Gagnef's code only where it comes before every other name and none of them is a municipality's;
    else it is the year (`overkalix/2026`, `2026/2513`). `2026-gagnef` and `publisher_code=2026` are always Gagnef.
    Raises InputError where there is no folder with a page, or two municipalities come out under one name.
    """
    if not raw.is_dir():
        raise InputError("missing", file=str(raw))
    by_name: defaultdict[str, defaultdict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    called: dict[str, str] = {}
    for folder in _page_folders(raw):
        days, names = _days_and_names(folder.relative_to(raw).parts)
        code = next(filter(None, map(_code, names)), "")
        rest = "-".join(name for name in names if _code(name) != code) if code else ""
        name = code or key_of("-".join(names))
        if called.setdefault(name, code or "-".join(names)) != (code or "-".join(names)):
            raise InputError("lake_twice", file=str(raw), value=name)
        day = max(reversed(days), key=len, default="")
        by_name[name][day].append((key_of(rest), str(folder)))
    if not by_name:
        raise InputError("no_source", file=str(raw), kinds=", ".join(sorted(MEDIA_TYPES)))
    return [
        Publisher(name, _code(name), tuple(Fetch(day, tuple(folders)) for day, folders in sorted(fetches.items())))
        for name, fetches in sorted(by_name.items())
    ]


def _days_and_names(parts: Sequence[str]) -> tuple[list[str], list[str]]:
    """The parts of a path that tell when it was fetched, and the others."""
    names = [part for part in parts if not _DAY.fullmatch(part)]
    is_named = any(_is_municipality(name) for name in names if not _YEAR.fullmatch(name))
    years = {n for n, name in enumerate(names) if _YEAR.fullmatch(name) and (n or is_named or not _code(name))}
    days = [day[1] for part in parts if (day := _DAY.fullmatch(part))]
    return [*(names[n] for n in sorted(years)), *days], [name for n, name in enumerate(names) if n not in years]


def _code(part: str) -> str:
    """The SCB code that a folder's name begins with; empty where none does."""
    code = _CODE.fullmatch(part)
    return code[1] if code and municipality(code[1]) else ""


def _is_municipality(part: str) -> bool:
    return bool(_code(part)) or key_of(part) in _municipality_keys()


@cache
def _municipality_keys() -> frozenset[str]:
    rows = codelist("municipalities")
    return frozenset(key_of(row[column]) for row in rows for column in ("name", "full_name"))


def _page_folders(raw: Path) -> Iterator[Path]:
    """The folders that have a page or a list of them; what begins with a dot is nobody's."""

    def refuse(error: OSError) -> None:
        raise InputError("unreadable", file=str(error.filename), reason=error.strerror or str(error)) from error

    for place, folders, files in os.walk(raw, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if any(name == SOURCES_FILE or Path(name).suffix.lower() in MEDIA_TYPES for name in files):
            yield Path(place)
