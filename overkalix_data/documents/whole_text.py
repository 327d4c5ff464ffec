"""The decoded source alone: what evidence points into, and the line of each of its characters."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from overkalix_data.documents.xlsx import Placed

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class WholeText:
    """The characters of a source as it was decoded, and of a workbook where its cells stand in them."""

    source_id: str
    text: str
    cells: Sequence[Placed] = ()

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in line_spans(self.text)]

    def line_of(self, offset: int) -> int:
        """The number of the line at `offset`; of a workbook, the row of its sheet."""
        if self.cells:
            return self.cells[max(bisect_right(self.cells, offset, key=lambda cell: cell.start) - 1, 0)].row
        return bisect_right(self._starts, offset)


def line_spans(text: str) -> list[tuple[int, int]]:
    """Where each line begins and ends, its line end left out."""
    ends = [(m.start(), m.end()) for m in _LINE_END.finditer(text)]
    return list(zip([0, *(end for _, end in ends)], [*(start for start, _ in ends), len(text)], strict=True))
