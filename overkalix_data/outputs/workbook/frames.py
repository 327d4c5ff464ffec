"""Frames as tables of a workbook: an analyst's own book of them, and the sheet of who pays for what together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd
from pandas.api import types

from overkalix_data.analyse import co_funding, funding_mix, projects_per_funder, source_names, theme_matrix
from overkalix_data.analyse.conclusions import level_note
from overkalix_data.analyse.kronor import granted_total
from overkalix_data.analyse.typed import headings, in_words
from overkalix_data.base.codelist import code_label
from overkalix_data.base.words import say
from overkalix_data.outputs.workbook.parts import own, plain_block
from overkalix_data.outputs.workbook.sheet import BarChart, Book, Sheet, SheetColumn, SheetTable
from overkalix_data.schema.frames import Tables

WIDEST_COLUMN = 60
MOST_BARS = 20
MOST_FUNDERS, MOST_PAIRS = 24, 10


def frames_book(
    title: str, tables: Tables, frames: Mapping[str, pd.DataFrame], conclusions: Sequence[str] = (), lang: str = "sv"
) -> Book:
    """The book of these frames, by the name of their sheets; codes in words, headings as people read them.

    A frame's first column names its bars, its first column of whole numbers says how long they are; a frame with more
    rows than a reader compares, or with names that come again, has no chart.
    """
    source = say("chart.foot_source", lang, source=source_names(tables))
    about, sentence = say("conclude.about", lang), own("conclude", lang, 110)
    blocks = [plain_block("conclusions", [sentence], [[words] for words in conclusions])] if conclusions else []
    first = [Sheet(say("conclude.title", lang), title, about, blocks)] if conclusions else []
    sheets = [
        Sheet(name, name, say("conclude.figures", lang), [frame_block(f"frame_{n}", name, frame, lang)])
        for n, (name, frame) in enumerate(frames.items(), start=1)
    ]
    return Book(title, title, source, [*first, *sheets])


def themes_by_funder(tables: Tables, lang: str) -> SheetTable:
    """Themes by funder: a row a theme, a column each of the funders with most projects."""
    funders, name = projects_per_funder(tables).head(MOST_FUNDERS), "name" if lang == "sv" else "name_en"
    matrix = theme_matrix(tables)
    ids = [funder for funder in funders["funder_id"] if funder in matrix]
    named = dict(zip(funders["funder_id"], funders["name"], strict=True))
    names = {funder: named[funder] if [*named.values()].count(named[funder]) == 1 else funder for funder in ids}
    return _together("themes", matrix[[name, "projects", *ids]].rename(columns=names | {name: "theme_code"}), lang)


def pairs_and_levels(tables: Tables, lang: str) -> list[SheetTable]:
    """The pairs that fund together most, and the levels' shares."""
    pairs = co_funding(tables).drop(columns=["funder_a", "funder_b"]).head(MOST_PAIRS)
    levels = funding_mix(tables, "level").rename(columns={"key": "level_code"}).drop(columns="name")
    note = level_note(tables, lang, in_kronor=granted_total(tables).known > 0)
    return [_together("pairs", pairs, lang), _together("levels", levels, lang, note and f". {note}")]


def _together(key: str, frame: pd.DataFrame, lang: str, note: str = "") -> SheetTable:
    heading = say(f"book.together.{key}", lang, note=note)
    return replace(frame_block(f"together_{key}", "", frame, lang), heading=heading, chart=None)


def frame_block(table: str, name: str, frame: pd.DataFrame, lang: str) -> SheetTable:
    """A frame as a table of a sheet, with its chart."""
    yes_no = {True: code_label("yes_no", "yes", lang), False: code_label("yes_no", "no", lang)}
    shown, heads = in_words(frame, lang), headings(frame, lang)
    for key, cells in frame.items():
        if types.is_datetime64_any_dtype(cells):
            shown[key] = cells.dt.date.astype(object).where(cells.notna(), None)
        elif types.is_bool_dtype(cells):
            shown[key] = cells.map(yes_no)
    columns = [SheetColumn(key, heads[key], _type(frame[key]), _width(shown[key])) for key in map(str, frame.columns)]
    names, values = shown.iloc[:, 0], next((c.key for c in columns if c.type in ("int", "money")), "")
    if not values or frame.empty or len(frame) > MOST_BARS or names.duplicated().any():
        return SheetTable(table, columns, shown)
    numbers = ", ".join(f"{name} {value}" for name, value in zip(names, frame[values], strict=True) if pd.notna(value))
    alt = say("book.chart.alt", lang, title=name, rows=numbers)
    return SheetTable(table, columns, shown, chart=BarChart(name, alt, values))


def _type(cells: pd.Series) -> str:
    """The type of a sheet's column that holds these cells."""
    if types.is_bool_dtype(cells):
        return "text"
    if types.is_integer_dtype(cells):
        return "money" if str(cells.name).endswith("_sek") else "int"
    if types.is_float_dtype(cells):
        return "share" if str(cells.name).endswith("share") else "number"
    return "date" if types.is_datetime64_any_dtype(cells) else "text"


def _width(cells: pd.Series) -> int:
    longest = max((len(str(cell)) for cell in cells.dropna()), default=0)
    return min(max(12, longest + 2), WIDEST_COLUMN)
