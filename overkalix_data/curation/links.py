"""The links from projects to what a person may add to them, or take from them: funders, target groups and themes."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from overkalix_data.base.wording import fold
from overkalix_data.schema import TABLES
from overkalix_data.schema.records import Records, Row, Value, id_of

LISTED = {field: f"project_{field}s" for field in ("funder", "target_group", "theme")}
"""Field → the table of links that it adds a row to."""


class Links:
    """The links of one field, found by project and words; what is put and removed here is found so at once."""

    def __init__(self, records: Records, field: str) -> None:
        self.table = LISTED[field]
        self.parent, self.key = TABLES[self.table].leads_to
        self._records = records
        self._found: defaultdict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
        self._last: defaultdict[str, int] = defaultdict(int)
        self._leading_to = Counter[Value]()
        for row in records.rows[self.table].values():
            self._enter(row)

    def found(self, project_id: str, words: str) -> list[Row]:
        """The links of a project (empty: of all) that stand on the page in these words, or lead to what they name."""
        return list(self._found.get((project_id, fold(words)), {}).values())

    def put(self, **values: Value) -> str:
        """A link, last of its project where it has no position; gives its id."""
        position = self._last[str(values["project_id"])] + 1
        before = len(rows := self._records.rows[self.table])
        row_id = self._records.put(self.table, **{"position": position} | values)
        if len(rows) > before:
            self._enter(next(reversed(rows.values())))
        return row_id

    def remove(self, links: Sequence[Row]) -> None:
        """Takes links away with their evidence, and what only they led to; the field's own words stay covered."""
        rows = self._records.rows
        for link in links:
            for place in self._places(link):
                del self._found[place][id_of(self.table, link)]
            self._records.evidence.forget(self.table, id_of(self.table, link))
            del rows[self.table][tuple("" if (v := link.get(k)) is None else str(v) for k in TABLES[self.table].key)]
            self._leading_to[link[self.key]] -= 1
            if not self._leading_to[link[self.key]]:
                rows[self.parent].pop((str(link[self.key]),), None)

    def _enter(self, row: Row) -> None:
        project_id, position = str(row["project_id"]), row.get("position")
        self._last[project_id] = max(self._last[project_id], position if isinstance(position, int) else 0)
        self._leading_to[row[self.key]] += 1
        for place in self._places(row):
            self._found[place][id_of(self.table, row)] = row

    def _places(self, row: Row) -> Iterator[tuple[str, str]]:
        words = {fold(str(row.get("as_published", ""))), fold(str(row[self.key]))}
        return ((project, said) for project in ("", str(row["project_id"])) for said in words)
