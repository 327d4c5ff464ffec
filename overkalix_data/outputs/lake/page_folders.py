"""A tree of folders → the municipalities in it, each with its fetches, oldest first."""

import os
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from overkalix_data.base.errors import InputError
from overkalix_data.base.paths import SOURCES_FILE
from overkalix_data.base.wording import key_of
from overkalix_data.documents.source import MEDIA_TYPES
from overkalix_data.values.place import municipality

_DAY = re.compile(r"(?:retrieved_on=)?(\d{4}-\d\d-\d\d)")
_CODE = re.compile(r"(?:publisher_code=)?(\d{4})(?!\d)(?:[ _-].*)?")


@dataclass(frozen=True)
class Fetch:
    """A folder of pages, and the day that its path tells; empty where it tells none."""

    folder: str
    day: str


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

    Raises InputError where there is no folder with a page, or two municipalities come out under one name.
    """
    if not raw.is_dir():
        raise InputError("missing", file=str(raw))
    by_place: defaultdict[tuple[str, str], list[Fetch]] = defaultdict(list)
    for folder in _page_folders(raw):
        parts = folder.relative_to(raw).parts
        days = [day[1] for part in parts if (day := _DAY.fullmatch(part))]
        codes = [code[1] for part in parts if (code := _CODE.fullmatch(part)) and municipality(code[1])]
        name = codes[0] if codes else key_of("-".join(part for part in parts if not _DAY.fullmatch(part)))
        by_place[name, codes[0] if codes else ""].append(Fetch(str(folder), days[-1] if days else ""))
    if not by_place:
        raise InputError("no_source", file=str(raw), kinds=", ".join(sorted(MEDIA_TYPES)))
    return [
        Publisher(name, code, tuple(sorted(fetches, key=lambda f: (f.day, f.folder))))
        for (name, code), fetches in sorted(by_place.items())
    ]


def _page_folders(raw: Path) -> Iterator[Path]:
    """The folders that have a page or a list of them; what begins with a dot is nobody's."""

    def refuse(error: OSError) -> None:
        raise InputError("unreadable", file=str(error.filename), reason=error.strerror or str(error)) from error

    for place, folders, files in os.walk(raw, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if any(name == SOURCES_FILE or Path(name).suffix.lower() in MEDIA_TYPES for name in files):
            yield Path(place)
