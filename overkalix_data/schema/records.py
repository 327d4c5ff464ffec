"""The rows that reading a page gives, and the characters each value came from. No pandas: `show` reads these too."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from overkalix_data.schema import TABLES
from overkalix_data.schema.column import DTYPES, row_id
from overkalix_data.schema.evidence import EVIDENCE, Cited, Evidence, Row, Value

__all__ = ["Cited", "Records", "Row", "Value", "id_of", "number_of"]

TO_PROJECT = frozenset({"duplicate", "same_project"})
"""Relations whose target is a project."""


@dataclass
class Records:
    """Table name → key → row, and the evidence. A row that is put twice keeps what it was given first."""

    rows: dict[str, dict[tuple[str, ...], Row]] = field(
        default_factory=lambda: {name: {} for name in TABLES if name != EVIDENCE}
    )
    evidence: Evidence = field(default_factory=Evidence)
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
        if count != (now := len(self.evidence if table == EVIDENCE else self.rows[table])):
            grouped = {}
            for row in self.evidence.rows() if table == EVIDENCE else self.rows[table].values():
                of = row.get("project_id") or str(row.get("row_id")).partition("|")[0]
                grouped.setdefault(str(of), []).append(row)
            self._of_project[table] = now, grouped
        return grouped.get(project_id, [])

    def cite(self, source: Cited, span: tuple[int, int], use: str, rule: str, *cell: str) -> None:
        """Evidence: these characters of the source's text have this use, by this rule, for this cell."""
        for place in source.places(*span):
            self.evidence.put(source.whole_text, place, use, rule, *cell)

    def rename(self, projects: Callable[[str], str], contacts: Callable[[str], str] = str) -> None:
        """Gives every project and contact the id that these make of its own."""
        name_of = {"project_id": projects, "duplicate_of": projects, "contact_id": contacts}
        for table, rows in self.rows.items():
            for row in rows.values():
                for column, name in name_of.items():
                    if column in row:
                        row[column] = name(str(row[column]))
                if row.get("relation_code") in TO_PROJECT:
                    row["target"] = projects(str(row["target"]))
                if "candidates" in row:
                    row["candidates"] = "; ".join(map(projects, str(row["candidates"]).split("; ")))
            self.rows[table] = {tuple(str(row.get(k, "")) for k in TABLES[table].key): row for row in rows.values()}
        first = {table.name: name_of[table.key[0]] for table in TABLES.values() if table.key[0] in name_of}

        def renamed(table: str, old: str) -> str:
            own, bar, rest = old.partition("|")
            return f"{first[table](own)}{bar}{rest}" if table in first else old

        self.evidence.rename(renamed)

    def take(self, other: "Records") -> None:
        """Puts all rows of another behind these."""
        for table, rows in other.rows.items():
            mine = self.rows[table]
            for key, row in rows.items():
                mine.setdefault(key, row)
        self.evidence.take(other.evidence)

    def stated(self) -> set[tuple[str, str, str]]:
        """The cells (table, row id, column) whose value, or heading, stands in a source."""
        cells = self.evidence.cells()
        return {(kind.table, row, kind.column) for _, kind, row in cells if kind.use_code in ("value", "heading")}

    def table(self, name: str) -> list[Row]:
        """The rows of a table, sorted by key (numbers as numbers)."""
        if name == EVIDENCE:
            return self.evidence.rows()
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
