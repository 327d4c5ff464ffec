"""Rules about text that a workbook cannot hold as it stands."""

from collections.abc import Callable

from overkalix_data.base.cell_text import ILLEGAL, LONGEST_CELL, units
from overkalix_data.checks.rules.catalogue import Verdict, words
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables

TEXTS = tuple(c.name for c in TABLES["projects"].columns if c.type == "text")


def text_beyond_cell(tables: Tables, as_of: str) -> Verdict:
    return _found(tables, lambda text: units(text) > LONGEST_CELL)


def text_control_characters(tables: Tables, as_of: str) -> Verdict:
    return _found(tables, lambda text: ILLEGAL.search(text) is not None)


def _found(tables: Tables, is_bad: Callable[[str], bool]) -> Verdict:
    """Passes where no text of the project is bad; shows the headings of those that are."""
    projects = tables["projects"]
    bad = [
        [
            TABLES["projects"].column(name).title()
            for name, text in zip(TEXTS, row, strict=True)
            if isinstance(text, str) and is_bad(text)
        ]
        for row in projects[list(TEXTS)].itertuples(index=False)
    ]
    shown = words((", ".join(names) for names in bad), projects)
    return Verdict((shown == "").astype("boolean"), shown)
