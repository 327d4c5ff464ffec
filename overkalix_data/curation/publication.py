"""What only a person can decide of the open data: one row, `data/curated/utgivning.csv`."""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from overkalix_data.base.codelist import Row, codelist, codes
from overkalix_data.base.errors import InputError
from overkalix_data.base.lists import lists_for
from overkalix_data.base.wording import fold
from overkalix_data.schema.curated_files import LINE, curated_rows
from overkalix_data.values.org_number import org_number
from overkalix_data.values.phone_email import email_address

FILE = "utgivning"
FOR_CATALOGUE = ("base_url", "licence", "org_number", "contact_name", "contact_email")
"""Without these there is no catalogue: what DCAT-AP-SE makes mandatory, and the licence, which nobody can guess."""
_URL = re.compile(r"https?://[\w.-]+\.\w+(?::\d+)?(?:[/?#][^\s<>\"{}|\\^`]*)?")
_PARTS = re.compile(r"[\s._-]+")


@dataclass(frozen=True)
class Publication:
    """The decisions as they were filled in; empty: nobody has decided."""

    base_url: str = ""
    """Where the folder's files will be read, with its last slash."""
    licence: str = ""
    """A licence of the list `licences`, by its SPDX identifier."""
    org_number: str = ""
    contact_name: str = ""
    """A function of the publisher, never a person; so is its address."""
    contact_email: str = ""
    homepage: str = ""
    spatial_uri: str = ""
    frequency: str = ""
    """How often it is renewed, a code of the EU's list of frequencies."""
    issued: str = ""
    """The day it was first given out, ISO."""

    @property
    def undecided(self) -> list[str]:
        """The columns that are empty."""
        return [field.name for field in fields(self) if not getattr(self, field.name)]

    @property
    def has_catalogue(self) -> bool:
        """Whether all that a catalogue needs is decided."""
        return not {*self.undecided} & {*FOR_CATALOGUE}

    @property
    def licence_row(self) -> Row | None:
        """The licence with its address and title; None where none is claimed."""
        return next((row for row in licences() if row["licence"] == self.licence), None)


def licences() -> tuple[Row, ...]:
    """The licences that open data is given out under: licence (SPDX), url, title."""
    return codelist("licences", "licence", "url", "title")


def read_publication(folder: Path) -> Publication:
    """The row of `utgivning.csv`; all undecided where the file is not there or has none.

    Raises InputError at a second row, and (`publication_<column>`) at a value that is not what its column holds: an
    address, a licence or frequency of the lists, an organisation number, a function, a day.
    """
    rows = curated_rows(folder, FILE)
    if not rows:
        return Publication()
    row, *others = rows
    file = str(folder / f"{FILE}.csv")
    if others:
        raise InputError("publication_rows", file=file, line=others[0][LINE])
    for column, is_right in _FORMS.items():
        if row[column] and not is_right(row[column]):
            allowed = ", ".join(_ALLOWED[column]()) if column in _ALLOWED else ""
            raise InputError(f"publication_{column}", file=file, line=row[LINE], value=row[column], allowed=allowed)
    row["base_url"] = row["base_url"] and row["base_url"].rstrip("/") + "/"
    row["org_number"] = org_number(row["org_number"]).replace("-", "") or row["org_number"]
    return Publication(**{field.name: row[field.name] for field in fields(Publication)})


def _is_url(text: str) -> bool:
    return bool(_URL.fullmatch(text))


def _is_function(text: str) -> bool:
    """Whether no word of it is a person's first name."""
    first_names = {fold(row["name"]) for row in lists_for().first_names}
    return not {fold(part) for part in _PARTS.split(text)} & first_names


def is_day(text: str) -> bool:
    """Whether it is a day of the calendar in ISO form."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


_ALLOWED: dict[str, Callable[[], list[str]]] = {
    "licence": lambda: [row["licence"] for row in licences()],
    "frequency": lambda: list(codes("frequency")),
}
_FORMS: dict[str, Callable[[str], bool]] = {
    "base_url": lambda text: _is_url(text) and not re.search("[?#]", text),
    "licence": lambda text: text in _ALLOWED["licence"](),
    "org_number": lambda text: bool(org_number(text)),
    "contact_name": _is_function,
    "contact_email": lambda text: email_address(text) is not None and _is_function(text.partition("@")[0]),
    "homepage": _is_url, "spatial_uri": _is_url,
    "frequency": lambda text: text in _ALLOWED["frequency"](), "issued": is_day,
}  # fmt: skip
"""Column → what its value must be."""
