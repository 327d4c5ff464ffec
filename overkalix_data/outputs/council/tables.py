"""Tables of the council's papers: columns of which something is known, numbers as people write them, funders."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from overkalix_data.analyse import funding_mix, projects_per_funder
from overkalix_data.base.words import decimal, listed, say
from overkalix_data.outputs.council.document import LetterTable
from overkalix_data.outputs.council.facts import Material
from overkalix_data.outputs.workbook.parts import cells_in_words, of, own
from overkalix_data.outputs.workbook.sheet import SheetColumn
from overkalix_data.schema.frames import rows_of

GRANTED = "granted_words"
"""The key of what is granted, in words: known for how many of how many parts."""


def letter_table(
    caption: str, columns: Sequence[SheetColumn], rows: Iterable[Mapping[str, Any]], lang: str, *, is_whole: bool = True
) -> LetterTable:
    """A table without the columns in which nothing is known: the caption names them."""
    rows = list(rows)
    unknown = [c for c in columns if rows and all(row[c.key] in (None, "") for row in rows)]
    if unknown:
        names = listed([c.heading for c in unknown], lang)
        caption = f"{caption.rstrip('.')}. {say('letter.columns_unknown', lang, names=names)}"
    kept = [c for c in columns if c not in unknown]
    texts = [cells_in_words(kept, row, lang) for row in rows]
    return LetterTable(caption, [c.heading for c in kept], texts, [c.width for c in kept], is_whole)


def granted_column(lang: str, width: int) -> SheetColumn:
    """What is granted, and for how many parts that is known."""
    return of("project_funders", "granted_sek", lang, width, key=GRANTED, type="text")


def granted_words(row: Mapping[str, Any], lang: str) -> str:
    """What is granted, known for how many of how many parts; empty where nothing is known."""
    numbers = {name: decimal(row[name] or 0, lang) for name in ("granted_sek", "known", "of")}
    return "" if row["granted_sek"] is None else say("letter.known_for", lang, **numbers)


def funder_table(m: Material) -> LetterTable:
    """A row a funder: projects, of which ongoing and completed, and what it has granted, known for how many."""
    return _of_funders("letter.by_funder", projects_per_funder(m.tables), m, projects=14, ongoing=14, completed=14)


def payers_table(m: Material, most: int) -> LetterTable:
    """The funders that have granted most, so many at most: projects, and the kronor, known for how many parts.

    Before any kronor are known: those in most projects.
    """
    mix = funding_mix(m.tables).rename(columns={"key": "funder_id"})
    paid = mix[mix["granted_sek"].fillna(0) > 0].sort_values("granted_sek", ascending=False, kind="stable")
    if paid.empty:
        rows = projects_per_funder(m.tables).head(most)
        return _of_funders("letter.payers", rows, m, projects=16, ongoing=16, completed=16)
    return _of_funders("letter.granters", paid.head(most), m, projects=16)


def _of_funders(caption: str, frame: pd.DataFrame, m: Material, **widths: int) -> LetterTable:
    granted = {row["key"]: granted_words(row, m.lang) for row in rows_of(funding_mix(m.tables))}
    rows = rows_of(frame.assign(**{GRANTED: frame["funder_id"].map(granted)}))
    numbers = [own(name, m.lang, width, "int") for name, width in widths.items()]
    columns = [own("funder", m.lang, 40, key="name"), *numbers, granted_column(m.lang, 30)]
    return letter_table(say(caption, m.lang), columns, rows, m.lang)
