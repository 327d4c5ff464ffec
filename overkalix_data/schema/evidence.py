"""Which characters of a source stand behind which cell: a few numbers each, their words cut when they are asked for."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple, Protocol

Value = str | int | float | None
Row = dict[str, Value]
EVIDENCE = "evidence"


class WholeSource(Protocol):
    """A decoded source, to whose offsets evidence points; `documents.whole_text` has the only one."""

    @property
    def source_id(self) -> str:
        """Its key in the table `sources`."""

    @property
    def text(self) -> str:
        """Its characters."""

    def line_of(self, offset: int) -> int:
        """The line of an offset in it."""


class Cited(Protocol):
    """A source whose characters can be pointed at; `documents.source` has the only one."""

    @property
    def whole_text(self) -> WholeSource:
        """What it was decoded to."""

    def places(self, start: int, end: int) -> list[tuple[int, int]]:
        """The spans of the decoded source in which a span of its text stands."""


class Kind(NamedTuple):
    """What very many pieces of evidence have in common."""

    use_code: str
    table: str
    column: str
    rule_id: str


class _Pieces:
    """The pieces of one source, as they were put."""

    def __init__(self, source: WholeSource) -> None:
        self.source = source
        self.starts, self.ends, self.kinds, self.row_ids = array("q"), array("q"), array("i"), list[str]()

    def put(self, start: int, end: int, kind: int, row_id: str) -> None:
        self.starts.append(start)
        self.ends.append(end)
        self.kinds.append(kind)
        self.row_ids.append(row_id)

    def by_key(self, kinds: Sequence[Kind]) -> Iterator[tuple[int, int, int, str]]:
        """Start, end, kind and row id, sorted by key; of two pieces with one key the one that was put first."""
        tables, names = [kind[:2] for kind in kinds], [kind.column for kind in kinds]
        table_of, name_of = map(tables.__getitem__, self.kinds), map(names.__getitem__, self.kinds)
        nth = range(len(self.kinds))
        columns = (self.starts, self.ends, table_of, self.row_ids, name_of, nth, self.kinds)
        pieces = sorted(zip(*columns, strict=True))
        before: tuple[object, ...] = ()
        for start, end, table, row_id, name, _, kind in pieces:
            if before != (before := (start, end, table, row_id, name)):
                yield start, end, kind, row_id


class Evidence:
    """The pieces of evidence, source by source. One that is put twice keeps the rule that it was given first."""

    def __init__(self) -> None:
        self._kinds: dict[tuple[str, str, str, str], int] = {}
        self._of: dict[str, _Pieces] = {}
        self._forgotten: set[tuple[str, str]] = set()

    def put(
        self,
        source: WholeSource,
        span: tuple[int, int],
        use: str,
        rule: str,
        table: str = "",
        row_id: str = "",
        column: str = "",
    ) -> None:
        """These characters of the decoded source have this use, by this rule, for this cell."""
        kind = self._kinds.setdefault((use, table, column, rule), len(self._kinds))
        if (pieces := self._of.get(source.source_id)) is None:
            pieces = self._of[source.source_id] = _Pieces(source)
        pieces.put(*span, kind, row_id)

    def forget(self, table: str, row_id: str) -> None:
        """The row is no more: its characters say nothing of it."""
        self._forgotten.add((table, row_id))

    def rename(self, name: Callable[[str, str], str]) -> None:
        """Each row gets the id that `name` gives for its table and id."""
        tables, once = [kind.table for kind in map(Kind._make, self._kinds)], cache(name)
        for pieces in self._of.values():
            pieces.row_ids = list(map(once, map(tables.__getitem__, pieces.kinds), pieces.row_ids))

    def take(self, other: "Evidence") -> None:
        """Puts all pieces of another behind these."""
        kinds = [self._kinds.setdefault(kind, len(self._kinds)) for kind in other._kinds]
        for source_id, pieces in other._of.items():
            mine = self._of.setdefault(source_id, _Pieces(pieces.source))
            mine.starts.extend(pieces.starts)
            mine.ends.extend(pieces.ends)
            mine.kinds.extend(map(kinds.__getitem__, pieces.kinds))
            mine.row_ids += pieces.row_ids

    def cells(self) -> Iterator[tuple[str, Kind, str]]:
        """Source, kind and row id of each piece, in no order."""
        kinds = list(map(Kind._make, self._kinds))
        for source_id, pieces in self._of.items():
            for kind, row_id in zip(map(kinds.__getitem__, pieces.kinds), pieces.row_ids, strict=True):
                if (kind.table, row_id) not in self._forgotten:
                    yield source_id, kind, row_id

    def columns(self) -> dict[str, list[Value]]:
        """The table, column by column, sorted by key; what is unknown is None."""
        kinds, columns = list(map(Kind._make, self._kinds)), dict[str, list[Value]]()
        by_name = {name: [getattr(kind, name) or None for kind in kinds] for name in Kind._fields}
        for source_id, of_source in sorted(self._of.items()):
            pieces = [p for p in of_source.by_key(kinds) if (kinds[p[2]].table, p[3]) not in self._forgotten]
            starts, ends, of_kind, row_ids = zip(*pieces, strict=True) if pieces else ((), (), (), ())
            text, line_of = of_source.source.text, of_source.source.line_of
            told: dict[str, Iterable[Value]] = {
                "source_id": [source_id] * len(pieces),
                "start": starts,
                "end": ends,
                **{name: map(values.__getitem__, of_kind) for name, values in by_name.items()},
                "row_id": (row_id or None for row_id in row_ids),
                "line": map(line_of, starts),
                "quote": (text[start:end] or None for start, end in zip(starts, ends, strict=True)),
            }
            for name, values in told.items():
                columns.setdefault(name, []).extend(values)
        return columns

    def rows(self) -> list[Row]:
        """The same, row by row, without what is unknown."""
        columns = self.columns()
        rows = (dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))
        return [{name: value for name, value in row.items() if value is not None} for row in rows]

    def __len__(self) -> int:
        """How many pieces were put."""
        return sum(len(pieces.row_ids) for pieces in self._of.values())
