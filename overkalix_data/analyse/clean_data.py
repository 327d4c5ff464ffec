"""The tables for an analyst: `data = od.load()`, then `data.projects`, `data.findings`, `data.evidence_for(...)`."""

import csv
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from overkalix_data.base import paths
from overkalix_data.base.errors import InputError
from overkalix_data.base.words import counts, decimal, explain, say
from overkalix_data.schema import TABLES

if TYPE_CHECKING:
    import pandas as pd


def load(folder: str | Path | None = None, lang: str = "sv") -> "Data":
    """The tables of a clean folder (the nearest `data/clean`), as `overkalix build` wrote them, or of a lake, as
    `overkalix lake` did: there the newest fetch of every municipality. Nothing is written.

    Raises FileNotFoundError, in words, where a table is missing, and ValueError where one lacks a column.
    """
    return Data(Path(folder) if folder else paths.clean_folder(), lang)


class Data:
    """Tables as attributes, each a DataFrame in pandas' own types (`typed`), read when it is first asked for."""

    edition = "internal"

    def __init__(self, folder: Path, lang: str = "sv") -> None:
        self.folder = folder
        self.lang = lang
        for name in () if self.is_lake else TABLES:
            _headed(folder / f"{name}.csv", [c.name for c in TABLES[name].columns], lang)

    @property
    def is_lake(self) -> bool:
        """Whether the folder holds Parquet by municipality and fetch, and no CSV."""
        return (self.folder / paths.LAKE_FILE).is_file()

    @cached_property
    def tables(self) -> "dict[str, pd.DataFrame]":
        """Every table by its name as it was written, in the schema's order: what the functions of `analyse` take."""
        if self.is_lake:
            from overkalix_data.analyse.lake import lake_tables

            return lake_tables(self.folder)
        from overkalix_data.schema.frames import read_tables

        return read_tables(self.folder)

    @cached_property
    def frames(self) -> "dict[str, pd.DataFrame]":
        """The same tables with codes as categories and dates as days."""
        from overkalix_data.analyse.typed import typed

        return {name: typed(frame, name) for name, frame in self.tables.items()}

    def __getattr__(self, name: str) -> "pd.DataFrame":
        if name in TABLES:
            return self.frames[name]
        raise AttributeError(say("data.no_table", self.__dict__.get("lang", "sv"), name=name, tables=", ".join(TABLES)))

    def __getitem__(self, name: str) -> "pd.DataFrame":
        if name not in TABLES:
            raise KeyError(say("data.no_table", self.lang, name=name, tables=", ".join(TABLES)))
        return self.frames[name]

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *TABLES]

    def wide(self, *each: str) -> "pd.DataFrame":
        """One row a project, for pivot tables; with `each` (`"funders"`, `"themes"` …) also a column a name.

        Columns: `analyse.wide`. Each column of kronor adds up to the sum that the reports give.
        """
        from overkalix_data.analyse import wide
        from overkalix_data.analyse.typed import typed

        return typed(wide(self.tables, *each, lang=self.lang))

    def labelled(self, what: "str | pd.DataFrame") -> "pd.DataFrame":
        """A table by its name, or any frame made of them, with the headings and the words of codes that people read.

        In the language that `load` was given. What neither the schema nor `codes.csv` has a word for keeps its name.
        """
        from overkalix_data.analyse.typed import headings, in_words

        table, frame = (what, self[what]) if isinstance(what, str) else ("", what)
        return in_words(frame, self.lang, table).rename(columns=headings(frame, self.lang, table))

    def evidence_for(self, table: str, row_id: str, column: str = "") -> "pd.DataFrame":
        """Where a value stands: source_id, line, start, end, quote, use_code, rule_id, in the source's order; empty
        where it has none.

        Without a column, of the whole row. Raises KeyError where the schema has no such table or column.
        """
        if table not in TABLES or (column and column not in [c.name for c in TABLES[table].columns]):
            raise KeyError(say("data.no_cell", self.lang, table=table, column=column))
        rows = self.evidence[(self.evidence["table"] == table) & (self.evidence["row_id"] == row_id)]
        if column:
            rows = rows[rows["column"] == column]
        columns = ["source_id", "line", "start", "end", "column", "quote", "use_code", "rule_id"]
        return rows[columns].sort_values(["source_id", "start"], ignore_index=True)

    def public(self) -> "Data":
        """The same tables without personal data: contacts' tables are masked whole, other words where they name one."""
        from overkalix_data.analyse.public_edition import public_tables

        shown = Data.__new__(Data)
        shown.folder, shown.lang, shown.edition = self.folder, self.lang, "public"
        shown.__dict__["tables"] = public_tables(self.tables)
        return shown

    def _title(self) -> str:
        """What the tables are of: the source, never the folder, which is one person's own and would be published."""
        from overkalix_data.analyse import source_names

        return say("data.title", self.lang, source=source_names(self.tables))

    def _rows(self) -> list[tuple[str, str, int, int]]:
        return [(TABLES[n].title(self.lang), n, len(t), len(t.columns)) for n, t in self.tables.items()]

    def __repr__(self) -> str:
        lines = [self._title()]
        lines += [
            f"  data.{name:22} {say('data.size', self.lang, **counts(self.lang, rows=rows, columns=columns))}  {title}"
            for title, name, rows, columns in self._rows()
        ]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        heads = "".join(
            f'<th scope="col">{escape(say(f"data.{h}", self.lang))}</th>' for h in ("table", "name", "rows", "columns")
        )
        rows = "".join(
            f'<tr><th scope="row">{escape(title)}</th><td><code>data.{name}</code></td>'
            f"<td>{decimal(count, self.lang)}</td><td>{columns}</td></tr>"
            for title, name, count, columns in self._rows()
        )
        caption = escape(self._title())
        table = f'<table lang="{self.lang}"><caption>{caption}</caption>'
        return f"{table}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _headed(file: Path, columns: list[str], lang: str) -> None:
    """Told at once, and without pandas: is the table there, with its columns?"""
    try:
        with file.open(encoding="utf-8", newline="") as opened:
            header: list[Any] = next(csv.reader(opened), [])
    except OSError:
        raise FileNotFoundError(explain(InputError("no_table_file", file=str(file)), lang)) from None
    missing = next((c for c in columns if c not in header), None)
    if missing:
        raise ValueError(explain(InputError("codelist", file=str(file), column=missing), lang))
