"""Tables of the council's papers: columns of which something is known, numbers as people write them, funders."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from overkalix_data.analyse import funding_mix, projects_per_funder
from overkalix_data.base.words import decimal, listed, say
from overkalix_data.outputs.council.document import LetterTable
from overkalix_data.outputs.council.facts import Material
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import rows_of

GRANTED = TABLES["project_funders"].column("granted_sek")
LetterColumn = tuple[str, int, Callable[[Any], str]]
"""A column of a table: its heading, its width, and the cell that it makes of a row."""


def letter_table(
    caption: str, columns: Sequence[LetterColumn], rows: Iterable[Any], lang: str, *, is_whole: bool = True
) -> LetterTable:
    """A table without the columns in which nothing is known: the caption names them."""
    headings, widths, cells = zip(*columns, strict=True)
    texts = [[cell(row) for cell in cells] for row in rows]
    unknown = [bool(texts) and {row[n] for row in texts} == {say("unknown", lang)} for n in range(len(columns))]

    def known(values: Iterable[Any]) -> list[Any]:
        return [value for value, is_unknown in zip(values, unknown, strict=True) if not is_unknown]

    if any(unknown):
        names = [heading for heading, is_unknown in zip(headings, unknown, strict=True) if is_unknown]
        caption = f"{caption.rstrip('.')}. {say('letter.columns_unknown', lang, names=listed(names, lang))}"
    return LetterTable(caption, known(headings), [known(row) for row in texts], known(widths), is_whole)


def granted_words(row: Mapping[str, Any], lang: str) -> str:
    """What is granted, known for how many of how many parts."""
    if row["granted_sek"] is None:
        return say("unknown", lang)
    return say("letter.known_for", lang, **{name: decimal(row[name], lang) for name in ("granted_sek", "known", "of")})


def number_columns(lang: str, **widths: int) -> list[LetterColumn]:
    """Columns of numbers, by their words in `book.<name>`."""

    def number(name: str) -> Callable[[Mapping[str, Any]], str]:
        return lambda row: decimal(row[name], lang)

    return [(say(f"book.{name}", lang), width, number(name)) for name, width in widths.items()]


def funder_table(m: Material) -> LetterTable:
    """A row a funder: projects, of which ongoing and completed, and what it has granted, known for how many."""
    rows = rows_of(projects_per_funder(m.tables))
    columns = number_columns(m.lang, projects=14, ongoing=14, completed=14)
    return _of_funders("letter.by_funder", rows, columns, m)


def payers_table(m: Material, most: int) -> LetterTable:
    """The funders that have granted most, so many at most: projects, and the kronor, known for how many parts.

    Before any kronor are known: those in most projects.
    """
    mix = funding_mix(m.tables).rename(columns={"key": "funder_id"})
    paid = mix[mix["granted_sek"].fillna(0) > 0].sort_values("granted_sek", ascending=False, kind="stable")
    if paid.empty:
        rows = rows_of(projects_per_funder(m.tables).head(most))
        return _of_funders("letter.payers", rows, number_columns(m.lang, projects=16, ongoing=16, completed=16), m)
    return _of_funders("letter.granters", rows_of(paid.head(most)), number_columns(m.lang, projects=16), m)


def _of_funders(caption: str, rows: Sequence[Any], numbers: Sequence[LetterColumn], m: Material) -> LetterTable:
    lang, money = m.lang, {row["key"]: row for row in rows_of(funding_mix(m.tables))}
    columns: list[LetterColumn] = [
        (say("book.funder", lang), 40, lambda row: row["name"]),
        *numbers,
        (GRANTED.title(lang), 30, lambda row: granted_words(money[row["funder_id"]], lang)),
    ]
    return letter_table(say(caption, lang), columns, rows, lang)
