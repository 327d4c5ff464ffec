"""The tables in pandas' own types, and in the words that a person reads: what an analyst sorts, groups and shows."""

from functools import partial

import pandas as pd

from overkalix_data.analyse.state import first_day, last_day
from overkalix_data.base.codelist import code_label, codes
from overkalix_data.base.words import say
from overkalix_data.schema import TABLES
from overkalix_data.schema.column import Column

DAYS = {"start": ("first_day", first_day), "end": ("last_day", last_day)}
"""An EDTF column → the column of days beside it, and which day of the year or month that is."""
COLUMNS = {c.name: c for table in reversed(TABLES.values()) for c in table.columns}
"""Every column of the schema by its name; of those that share one, the first table's."""
PLURALS = {name.removesuffix("s"): name for name in ("funders", "target_groups", "places", "contacts")}
"""Fields of `completeness` that are tables of their own."""


def typed(frame: pd.DataFrame, table: str = "") -> pd.DataFrame:
    """The frame with codes as categories, in the codelist's order, and dates as days.

    Beside `start` and `end` (EDTF, as the source says) stand `first_day` and `last_day`, the outermost days that they
    allow. A day in no calendar is missing here; `Data.tables` has it as written.
    """
    made = frame.copy()
    for name in frame.columns:
        column, cells = _columns(table).get(name), frame[name]
        if column and column.codelist:
            listed = [*codes(column.codelist)]
            others = sorted(set(cells.dropna()) - {*listed})
            made[name] = cells.astype(pd.CategoricalDtype([*listed, *others]))
        elif column and column.type == "date":
            made[name] = pd.to_datetime(cells, errors="coerce")
        elif column and column.type == "edtf" and name in DAYS:
            day, of = DAYS[name]
            days = pd.to_datetime(cells.map(of, na_action="ignore"), errors="coerce")
            made.insert([*made.columns].index(name) + 1, day, days)
    return made


def in_words(frame: pd.DataFrame, lang: str, table: str = "") -> pd.DataFrame:
    """The frame with the words of codes instead of codes; its columns keep their names."""
    made = frame.copy()
    for name in frame.columns:
        column = _columns(table).get(name)
        if column and column.codelist:
            words = partial(code_label, column.codelist, lang=lang)
            cells = frame[name]
            is_category = isinstance(cells.dtype, pd.CategoricalDtype)
            made[name] = cells.cat.rename_categories(words) if is_category else cells.map(words, na_action="ignore")
        elif name == "field" and not table:
            made[name] = frame[name].map(partial(field_name, lang=lang))
    return made


def field_name(name: str, lang: str) -> str:
    """What a reader calls a field of `completeness`."""
    if name == "theme":
        return say("known.themes", lang)
    if name in PLURALS:
        return TABLES[PLURALS[name]].title(lang)
    return TABLES["project_funders" if name == "granted_sek" else "projects"].column(name).title(lang)


def headings(frame: pd.DataFrame, lang: str, table: str = "") -> dict[str, str]:
    """Column → the heading that a person sees: the schema's, or that of `frame_column` in `codes.csv`; else itself."""
    declared = _columns(table)
    return {
        name: declared[name].title(lang) if name in declared else code_label("frame_column", name, lang)
        for name in map(str, frame.columns)
    }


def _columns(table: str) -> dict[str, Column]:
    return {c.name: c for c in TABLES[table].columns} if table else COLUMNS
