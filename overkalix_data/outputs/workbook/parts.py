"""Columns, tables and sheets from the schema: headings, types and the words of codes are the schema's."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from overkalix_data.analyse.one_per_project import has_several_publishers, publishers, stands_on
from overkalix_data.analyse.typed import in_words
from overkalix_data.base.codelist import code_label, codes
from overkalix_data.base.page_names import source_labels
from overkalix_data.base.wording import swedish_order
from overkalix_data.base.words import decimal, say
from overkalix_data.outputs.workbook.sheet import BarChart, Link, Sheet, SheetColumn, SheetTable
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables, rows_of
from overkalix_data.values.place import municipality

NONE_APPLIES = frozenset({"duplicate_of", "via_funder_id", "other_names", "accepted_text", "suggestion",
                          "publicity_text", "line", "value", "previous_id"})  # fmt: skip
"""Columns where an empty cell says "none", not "unknown"."""
TONES = {
    "severity": {"critical": "bad", "warning": "warn"},
    "readiness": {"filled": "good", "derived": "warn", "ask": "bad"},
}
LABEL_WIDTH = 74
"""A project's label where it is the text's first words, on one line; what leads somewhere LibreOffice does not wrap."""
NARROW_LABEL = 44
"""The same on two lines, or as wide as the longest that is a link, on sheets whose many columns would print small."""
MOST_CHOICES = 255
"""Characters that Excel takes in a list of choices written in the sheet itself."""


def of(table: str, name: str, lang: str, width: int = 0, **changes: Any) -> SheetColumn:
    """A column of the schema as one of a sheet, as wide as the schema says unless the sheet says otherwise."""
    declared = TABLES[table].column(name)
    listed = declared.codelist
    column = SheetColumn(
        name, declared.title(lang), declared.type, width or declared.width, name in NONE_APPLIES, declared.personal,
        choices(listed, lang), tones_of(listed, lang),
    )  # fmt: skip
    return replace(column, **changes)


def tones_of(listed: str, lang: str) -> tuple[tuple[str, str], ...]:
    """The words of a codelist's codes that have a colour beside them, each with its tone."""
    return tuple((code_label(listed, code, lang), tone) for code, tone in TONES.get(listed, {}).items())


def choices(listed: str, lang: str) -> tuple[str, ...]:
    """The words of a codelist, for a drop-down; none where Excel takes no such list."""
    labels = tuple(row[lang] for row in codes(listed).values()) if listed else ()
    fits = len(",".join(labels)) <= MOST_CHOICES and not any("," in label for label in labels)
    return labels if fits else ()


def label_column(lang: str) -> SheetColumn:
    """The column of projects' labels."""
    return own("project", lang, LABEL_WIDTH, key="label")


def columns_of(table: str, lang: str, *names: str, **changes: Any) -> list[SheetColumn]:
    """Columns of one table of the schema, each as `of` gives it."""
    return [of(table, name, lang, **changes) for name in names]


def own(words: str, lang: str, width: int = 16, type_: str = "text", *, key: str = "", **changes: Any) -> SheetColumn:
    """A column that no table of the schema has: its heading is `book.<words>`; its key the same, unless given."""
    return SheetColumn(key or words, say(f"book.{words}", lang), type_, width, **changes)


def table_sheet(
    table: str, frame: pd.DataFrame, columns: Sequence[SheetColumn], lang: str, *,
    name: str = "", notes: Sequence[str] = (), printed: int = 0, on_paper: int | None = None, nothing: str = "",
) -> Sheet:  # fmt: skip
    """A sheet of one of the schema's tables; `name` where the sheet is called otherwise than the table."""
    about = TABLES[table]
    subtitle = say("book.subtitle", lang, about=about.description(lang), count=decimal(len(frame), lang))
    shown = in_words(frame[[c.key for c in columns]], lang, table)
    block = SheetTable(table, list(columns), shown, on_paper=on_paper, nothing=nothing)
    return Sheet(name or about.title(lang), name or about.title(lang), subtitle, [block], list(notes), printed)


def one_sheet(title: str, about: str, sheets: Sequence[Sheet], *, printed: int = 0) -> Sheet:
    """Sheets as one, their tables one under the other: each headed by what its sheet was called, and said of it."""
    blocks = [
        block if block.heading else replace(block, heading=f"{sheet.title}. {sheet.subtitle}")
        for sheet in sheets
        for block in sheet.blocks
    ]
    return Sheet(title, title, about, blocks, [note for sheet in sheets for note in sheet.notes], printed)


def plain_block(
    table: str, columns: Sequence[SheetColumn], rows: Sequence[Sequence[Any]], heading: str = "",
    chart: BarChart | None = None, *, nothing: str = "",
) -> SheetTable:  # fmt: skip
    """A table of rows made for the eye: cells may be values, links or formulas."""
    frame = pd.DataFrame(list(rows), columns=[c.key for c in columns], dtype=object)
    return SheetTable(table, list(columns), frame, heading, chart, nothing=nothing)


def cells_in_words(columns: Sequence[SheetColumn], row: Mapping[str, Any], lang: str) -> list[str]:
    """A row under these columns as a page or a letter tells it: numbers as people write them, unknown said so."""
    nothing = {True: "–", False: say("unknown", lang)}
    return [
        nothing[c.none_applies] if row[c.key] in (None, "")
        else decimal(row[c.key], lang) if c.type in ("int", "money") else str(row[c.key])
        for c in columns
    ]  # fmt: skip


def projects_in_order(tables: Tables) -> pd.DataFrame:
    """The projects as every sheet lists them: ongoing first, then in the page's order."""
    order = {"status_code": False, "source_id": True, "first_line": True}
    return tables["projects"].sort_values([*order], ascending=[*order.values()], ignore_index=True)


def project_links(tables: Tables, lang: str) -> Mapping[str, Link]:
    """project_id → its label, leading to its row of the sheet of projects."""
    sheet = TABLES["projects"].title(lang)
    rows = projects_in_order(tables)[["project_id", "label"]].itertuples(index=False)
    return {str(r.project_id): Link(str(r.label), sheet=sheet, row=n) for n, r in enumerate(rows, start=1)}


def with_project(tables: Tables, links: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Rows that belong to projects, with `label` leading to the project and its `first_line`, in the page's order."""
    labels = project_links(tables, lang)
    place = tables["projects"][["project_id", "source_id", "first_line"]].sort_values(["source_id", "first_line"])
    frame = links.merge(place.assign(place=range(len(place))), on="project_id", validate="m:1")
    frame["label"] = frame["project_id"].map(labels).astype(object)
    return frame.sort_values([c for c in ("place", "position") if c in frame], kind="stable", ignore_index=True)


def municipality_names(tables: Tables, lang: str) -> dict[str, list[str]]:
    """project_id → the municipalities on whose pages it stands, by name; nothing where there is only one."""
    if not has_several_publishers(tables):
        return {}
    names: dict[str, list[str]] = {}
    for project_id, code in publishers(tables).itertuples(index=False):
        name = "" if pd.isna(code) else municipality(str(code))
        names.setdefault(str(project_id), []).append(name or say("report.no_publisher", lang))
    return {project_id: sorted(of, key=swedish_order) for project_id, of in names.items()}


def other_places(tables: Tables, lang: str) -> dict[str, dict[str, str]]:
    """project_id → source_id of each other page that it stands on → `gallivare.se, rad 12`. Of joined tables."""
    labels = source_labels(rows_of(tables["sources"]))
    places: dict[str, dict[str, str]] = {}
    for project_id, source_id, line in stands_on(tables):
        place = say("show.place", lang, source=labels[source_id], line=decimal(line, lang))
        places.setdefault(project_id, {})[source_id] = place
    return places


def book_title(tables: Tables, lang: str) -> str:
    """What the council's workbook is called: of one municipality, or of several."""
    return say("book.title.pages" if has_several_publishers(tables) else "book.title", lang)
