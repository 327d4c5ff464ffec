"""Rules about text that a workbook cannot hold as it stands."""

from collections.abc import Callable

from overkalix_data.base.cell_text import ILLEGAL, LONGEST_CELL, units
from overkalix_data.checks.rules.catalogue import Verdict, words
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables

TEXTS = tuple(c.name for c in TABLES["projects"].columns if c.type == "text")


def text_beyond_cell(tables: Tables, as_of: str) -> Verdict:
    return _found(tables, lambda text: 2 * len(text) > LONGEST_CELL < units(text))


def text_control_characters(tables: Tables, as_of: str) -> Verdict:
    return _found(tables, lambda text: ILLEGAL.search(text) is not None)


def _found(tables: Tables, is_bad: Callable[[str], bool]) -> Verdict:
    """Passes where no text of the project is bad; shows the headings of those that are."""
    projects = tables["projects"]
    bad: list[list[str]] = [[] for _ in range(len(projects))]
    for name in TEXTS:
        for names, text in zip(bad, projects[name].tolist(), strict=True):
            if isinstance(text, str) and is_bad(text):
                names.append(TABLES["projects"].column(name).title())
    shown = words((", ".join(names) for names in bad), projects)
    return Verdict((shown == "").astype("boolean"), shown)
