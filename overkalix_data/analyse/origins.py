"""Where values come from: the line and quote of the page, or the person and source that added them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from overkalix_data.base.page_names import labels_beside
from overkalix_data.base.wording import squeeze
from overkalix_data.schema.frames import Tables, rows_of

Cell = tuple[str, str, str]
"""Table, row id, column (empty: the whole row), as evidence and additions name it."""


@dataclass(frozen=True)
class Origin:
    """Where a value stands: a line of a source with its words, or what a person gave as source, with who and when.

    `page` is what to call the source beside a line, where there are several (`gallivare.se`).
    """

    source: str
    line: int | None
    quote: str
    who: str
    date: str
    page: str = ""


class Origins:
    """The origins of every cell of the tables."""

    def __init__(self, tables: Tables) -> None:
        self.found: dict[Cell, list[Origin]] = defaultdict(list)
        pages = labels_beside(rows_of(tables["sources"]))
        paths = dict(zip(tables["sources"]["source_id"], tables["sources"]["path"], strict=True))
        evidence = tables["evidence"][tables["evidence"]["use_code"].isin(["value", "heading"])]
        for row in rows_of(evidence.sort_values(["source_id", "start"])):
            page = pages.get(row["source_id"], "")
            self._add(row, Origin(paths[row["source_id"]], row["line"], squeeze(row["quote"]), "", "", page))
        added = tables["additions"]
        for row in rows_of(added[added["outcome_code"] == "applied"]):
            self._add(row, Origin(row["source"] or "", None, "", row["who"] or "", row["date"] or ""))

    def of(self, cells: Iterable[Cell]) -> Iterator[Origin]:
        """The origins of these cells, each once."""
        yield from dict.fromkeys(origin for cell in cells for origin in self.found.get(cell, []))

    def _add(self, row: Mapping[str, Any], origin: Origin) -> None:
        table, row_id, column = row["table"], row["row_id"], row["column"]
        if table and row_id:
            self.found[table, row_id, ""].append(origin)
            if column:
                self.found[table, row_id, column].append(origin)
