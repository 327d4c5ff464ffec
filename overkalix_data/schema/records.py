"""The rows that reading a page gives, and the characters each value came from. No pandas: `show` reads these too."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from overkalix_data.schema import TABLES
from overkalix_data.schema.column import DTYPES, row_id

Value = str | int | float | None
Row = dict[str, Value]


class Cited(Protocol):
    """A source whose characters can be pointed at; `documents.source` has the only one."""

    @property
    def source_id(self) -> str:
        """Its key in the table `sources`."""

    @property
    def whole(self) -> str:
        """The decoded source, to whose offsets evidence points."""

    def places(self, start: int, end: int) -> list[tuple[int, int]]:
        """The spans of the decoded source in which a span of its text stands."""

    def line_of(self, place: int) -> int:
        """The line of an offset in the decoded source."""


@dataclass
class Records:
    """Table name → key → row, and the evidence. A row that is put twice keeps what it was given first."""

    rows: dict[str, dict[tuple[str, ...], Row]] = field(default_factory=lambda: {name: {} for name in TABLES})
    _of_project: dict[str, tuple[int, dict[str, list[Row]]]] = field(default_factory=dict, repr=False, compare=False)

    def put(self, table: str, /, **values: Value) -> str:
        """Adds a row where its key is new; gives the row's id as evidence and findings name it."""
        key = tuple(["" if (value := values[name]) is None else str(value) for name in TABLES[table].key])
        if key not in (rows := self.rows[table]):
            rows[key] = {name: value for name, value in values.items() if value is not None and value != ""}
        return row_id(*key)

    def row(self, table: str, /, **key: Value) -> Row:
        """The row of that key, made where it is not there."""
        self.put(table, **key)
        return self.rows[table][tuple(str(key[name]) for name in TABLES[table].key)]

    def of_project(self, table: str, project_id: str) -> list[Row]:
        """The rows of a table that are one project's, as they were put; of evidence, those for its cells."""
        count, grouped = self._of_project.get(table, (0, {}))
        if count != len(self.rows[table]):
            grouped = {}
            for row in self.rows[table].values():
                of = row.get("project_id") or str(row.get("row_id")).partition("|")[0]
                grouped.setdefault(str(of), []).append(row)
            self._of_project[table] = len(self.rows[table]), grouped
        return grouped.get(project_id, [])

    def cite(self, source: Cited, span: tuple[int, int], use: str, rule: str, *cell: str) -> None:
        """Evidence: these characters of the source's text have this use, by this rule, for this cell."""
        for place in source.places(*span):
            self.cite_source(source, place, source.line_of(place[0]), use, rule, *cell)

    def cite_source(self, source: Cited, span: tuple[int, int], line: int, use: str, rule: str, *cell: str) -> None:
        """The same, of characters of the decoded source that are no text of it: tags, menus."""
        start, end = span
        table, row, column = (*cell, "", "", "")[:3]
        self.put(
            "evidence",
            source_id=source.source_id, start=start, end=end, use_code=use, table=table, row_id=row, column=column,
            line=line, quote=source.whole[start:end], rule_id=rule,
        )  # fmt: skip

    def stated(self) -> set[tuple[str, str, str]]:
        """The cells (table, row id, column) whose value, or heading, stands in a source."""
        rows = (row for row in self.rows["evidence"].values() if row["use_code"] in ("value", "heading"))
        return {(str(row.get("table")), str(row.get("row_id")), str(row.get("column"))) for row in rows}

    def table(self, name: str) -> list[Row]:
        """The rows of a table, sorted by key (numbers as numbers)."""
        lowest = [(c.name, -1 if DTYPES[c.type] == "Int64" else "") for c in TABLES[name].columns if c.key]
        return sorted(self.rows[name].values(), key=lambda row: [row.get(column, least) for column, least in lowest])

    def by_project(self, name: str) -> defaultdict[str, list[Row]]:
        """project_id → its rows of a table, sorted by key."""
        rows: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self.table(name):
            rows[str(row["project_id"])].append(row)
        return rows


def number_of(value: Value) -> int:
    """A whole number of a row; 0 where it is unknown."""
    return value if isinstance(value, int) else 0


def id_of(table: str, row: Mapping[str, object]) -> str:
    """How evidence and findings name a row of a table."""
    return row_id(*(str(row.get(k) if row.get(k) is not None else "") for k in TABLES[table].key))
