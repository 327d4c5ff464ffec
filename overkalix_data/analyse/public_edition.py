"""The public edition: the same tables without personal data, from which everything public is made.

What a person is told by is masked in every column of words, however it is written (`values.personal_data`); a key
made of a person's name gets another; an address on the web that holds one is left out. What contacts' tables hold
is masked whole.
"""

import re
from collections.abc import Callable, Collection, Mapping
from functools import cache
from itertools import count

import pandas as pd

from overkalix_data.base.lists import lists_for
from overkalix_data.base.wording import fold
from overkalix_data.schema import TABLES
from overkalix_data.schema.column import Column
from overkalix_data.schema.frames import Tables
from overkalix_data.values.person import split_people
from overkalix_data.values.personal_data import PersonalData
from overkalix_data.values.personal_names import is_person

MASK = "▒▒▒"
"""What stands where personal data stood: visible, and the same length whatever it hides."""
_KEY = re.compile(r"(?<![\w-])(?:[a-z0-9]++(?:-[a-z0-9]++)+|[a-z]{5,40}\d{1,3}(?![\w-]))")
"""A key in the words of a finding: that of a project that is gone stands in no other table."""
_ONE = re.compile(r"[^|;\s](?:[^|;]*[^|;\s])?")
"""One of the keys of a cell that may hold several: `a|b`, `a; b`."""
MADE_OF_NAMES = {"funders": "funder_id", "target_groups": "target_group_id"}
"""Table → its key, which the name of its row is read in."""
OF_CONTACTS = frozenset({"contacts", "contact_points", "project_contacts"})
"""The tables that hold personal data and nothing else in their personal columns."""


class Redactor:
    """Masks the persons of these tables. Made once an edition; knows every form in which a page writes them."""

    def __init__(self, tables: Tables) -> None:
        self.people = people_of(tables)
        self.mask: Callable[[str], str] = cache(self._masked)

    def _masked(self, text: str) -> str:
        """The text with names of contacts, personal numbers, phone numbers and addresses masked."""
        for start, end in reversed(self.people.spans(text)):
            text = text[:start] + MASK + text[end:]
        return text


def people_of(tables: Tables, vocabulary: Collection[str] = ()) -> PersonalData:
    """Who is a person in these tables: contacts of this fetch and the one before, and who filled something in.

    A surname that is a word of the vocabulary, or a place, tells nobody when it stands alone.
    """
    contacts, points = tables["contacts"], tables["contact_points"]
    names = {n for column in ("name", "other_names") for cell in contacts[column].dropna() for n in cell.split("; ")}
    names |= {*_former(tables), *tables["additions"]["who"].dropna()}
    values = {v for column in ("value", "as_published") for v in points[column].dropna()}
    written = {*contacts["organisation"].dropna(), *tables["funders"]["name"].dropna()}
    lists = lists_for()
    listed = {row["name"] for row in (*lists.funders, *lists.municipalities)}
    places = {*tables["places"]["name"].dropna()}
    others = {*(name for name in written if not is_person(name)), *listed, *places, *vocabulary}
    return PersonalData(names, values, others - names)


def public_tables(tables: Tables) -> Tables:
    """The tables without personal data; the same frames where there is none to take out."""
    mask = _with_parts(tables, Redactor(tables).mask)
    ids = [(name, column.name) for name in TABLES for column in TABLES[name].columns if column.type == "id"]
    every = {key for name, column in ids for key in tables[name][column].dropna()}
    named = ((tables[of][key], tables[of]["name"]) for of, key in MADE_OF_NAMES.items())
    made = {key for keys, names in named for key, words in zip(keys, names, strict=True) if mask(words) != words}
    # Numbered: a checksum of a telephone number, or of a name, tells it to whoever tries them all.
    free = (hidden for n in count(1) if (hidden := f"dold-{n}") not in every)
    keys = dict(zip(sorted(key for key in every if key in made or _tells(key, mask)), free, strict=False))
    return {name: _public(tables[name], name, mask, keys) for name in TABLES}


def _with_parts(tables: Tables, mask: Callable[[str], str]) -> Callable[[str], str]:
    """Masks too what a field's personal data has been cut into: `britta (dot) ekgren` is no name of two payers.

    A piece is told by its words: its evidence points at the source, where tags may part what the field has as one.
    """
    fields = (tables["projects"][name].dropna() for name in ("funder_text", "target_group_text"))
    whole = {field: mask(field) for some in fields for field in some}
    masked_text = "\n".join(fold(field) for field, shown in whole.items() if shown != field)
    left = "\n".join(map(fold, whole.values()))

    def masked(text: str) -> str:
        piece = fold(text) if masked_text and text not in whole and any(map(str.isalpha, text)) else ""
        return MASK if piece and piece in masked_text and piece not in left else mask(text)

    return cache(masked)


def editions_of(tables: Tables) -> dict[str, Tables]:
    """Edition → its tables: everything people get is made twice, of the one and of the other."""
    return {"internal": tables, "public": public_tables(tables)}


def _public(frame: pd.DataFrame, name: str, mask: Callable[[str], str], keys: Mapping[str, str]) -> pd.DataFrame:
    shown = frame.copy()
    for column in TABLES[name].columns:
        if hide := _hidden(column, mask, name, keys):
            shown[column.name] = frame[column.name].map(hide, na_action="ignore").astype(frame[column.name].dtype)
    return shown


def _hidden(
    column: Column, mask: Callable[[str], str], name: str, keys: Mapping[str, str]
) -> Callable[[str], str | None] | None:
    """What becomes of a cell of that column; None where it stays as it is."""
    if column.personal and name in OF_CONTACTS:
        return lambda _: MASK
    if column.type == "url":
        return lambda cell: cell if mask(cell) == cell else None
    if name == "findings" and column.type == "text" and column.name != "row_id":
        return lambda cell: _KEY.sub(lambda m: MASK if _tells(m[0], mask) else m[0], _side_by_side(cell, mask))
    if column.type in ("id", "text"):  # keys stand in columns of words too: `row_id`, `target`, `candidates`
        return lambda cell: mask(_ONE.sub(lambda m: keys.get(m[0], m[0]), cell) if keys else cell)
    return None


def _side_by_side(cell: str, mask: Callable[[str], str]) -> str:
    """The cell masked, and each of the values that it sets side by side by itself."""
    return " · ".join(map(mask, mask(cell).split(" · ")))


def _tells(key: str, mask: Callable[[str], str]) -> bool:
    """Whether a key holds a name or a number; each of its words is looked at as a part of an address, where a surname
    has no capital, as words with capitals, as a street has, and at each figure a number may begin."""
    words = key.split("-")
    tails = (" ".join(words[n:]) for n, word in enumerate(words) if word.isdigit())
    streets = " ".join(map(str.capitalize, words))
    return any(mask(text) != text for text in (key, "/" + "/".join(words), streets, *tails))


def _former(tables: Tables) -> list[str]:
    """The names of contacts that have come or gone since the fetch before: the older ones stand in no other table."""
    changes = tables["changes"]
    of_contacts = changes[changes["change_code"].str.startswith("contact_")]
    fields = [str(words) for column in ("old_text", "new_text") for words in of_contacts[column].dropna()]
    return [person.name[0] for field in fields for person in split_people(field, lists_for()) if person.name]
